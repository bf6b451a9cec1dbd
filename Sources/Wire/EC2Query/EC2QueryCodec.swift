/// The protocol `ec2Query`: forms in, XML out.
///
/// https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
package struct EC2QueryCodec: FormCodec {
    static let dialect = QueryDialect.ec2
    static let contentType = "text/xml;charset=UTF-8"

    package init() {}

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
        return self.response(200, xml, requestID: requestID)
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
        return response(error.status, xml, requestID: requestID)
    }
}
