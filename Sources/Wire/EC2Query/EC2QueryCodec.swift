import HTTPTypes

/// The protocol `ec2Query`: forms in, XML out.
///
/// https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
package struct EC2QueryCodec: WireCodec {
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
        let body = QueryBodyReader(try QueryRequest(request).form(), dialect: .ec2, in: service)
        let validation = service.description.validation ?? .validationError
        return try ShapeReader(body, in: service, validation: validation).message()
    }

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var xml = XMLWriter()
        let response = "\(operation.name)Response"
        xml.declaration()
        xml.start(response, namespace: service.description.xmlNamespace)
        xml.element("requestId", requestID)
        let body = XMLBodyWriter(xml, in: service, root: .none, writesMilliseconds: true)
        output.write(to: ShapeWriter(body, in: service, bindsHTTP: false))
        xml = body.xml
        xml.end(response)
        return Self.response(200, xml, requestID: requestID)
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var xml = XMLWriter()
        xml.declaration()
        xml.start("Response")
        xml.start("Errors")
        xml.error(error, withType: false)
        xml.end("Errors")
        xml.element("RequestID", requestID)
        xml.end("Response")
        return Self.response(error.status, xml, requestID: requestID)
    }

    private static func response(
        _ status: Int, _ xml: XMLWriter, requestID: String
    ) -> WireResponse {
        WireResponse(
            status: status,
            headers: [.contentType: "text/xml;charset=UTF-8", .amznRequestID: requestID],
            body: Body(xml.bytes))
    }
}
