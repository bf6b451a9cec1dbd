import HTTPTypes

/// The protocol `awsQuery`: forms in, XML out.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
package struct AWSQueryCodec: WireCodec {
    package init() {}

    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        try QueryRequest(request).operation(in: service)
    }

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        let body = QueryBodyReader(try QueryRequest(request).form(), dialect: .aws, in: service)
        let validation = service.description.validation ?? .validationError
        return try ShapeReader(body, in: service, validation: validation).message()
    }

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var xml = XMLWriter()
        let response = "\(operation.name)Response"
        xml.start(response, namespace: service.description.xmlNamespace)
        if operation.output != nil {
            let result = operation.resultWrapper ?? "\(operation.name)Result"
            let body = XMLBodyWriter(xml, in: service, root: .named(result))
            output.write(to: ShapeWriter(body, in: service, bindsHTTP: false))
            xml = body.xml
        }
        xml.start("ResponseMetadata")
        xml.element("RequestId", requestID)
        xml.end("ResponseMetadata")
        xml.end(response)
        return Self.response(200, xml, requestID: requestID)
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var xml = XMLWriter()
        xml.start("ErrorResponse", namespace: service.description.xmlNamespace)
        xml.error(error, withType: true)
        xml.element("RequestId", requestID)
        xml.end("ErrorResponse")
        return Self.response(error.status, xml, requestID: requestID)
    }

    private static func response(
        _ status: Int, _ xml: XMLWriter, requestID: String
    ) -> WireResponse {
        WireResponse(
            status: status, headers: [.contentType: "text/xml", .amznRequestID: requestID],
            body: Body(xml.bytes))
    }
}
