/// The protocol `awsQuery`: forms in, XML out.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
package struct AWSQueryCodec: FormCodec {
    static let dialect = QueryDialect.aws
    static let contentType = "text/xml"

    package init() {}

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
        return self.response(200, xml, requestID: requestID)
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
        return response(error.status, xml, requestID: requestID)
    }
}
