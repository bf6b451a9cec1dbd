import HTTPTypes
import NIOCore

/// awsJson 1.0 and 1.1: `POST /`, the operation in `X-Amz-Target`, JSON both ways.
///
/// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
package struct AWSJSONCodec: WireCodec {
    static let version10 = AWSJSONCodec(version: "1.0")
    static let version11 = AWSJSONCodec(version: "1.1")

    private let contentType: String

    /// Makes the codec of a version: `1.0` or `1.1`.
    package init(version: String) { contentType = "application/x-amz-json-\(version)" }

    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        guard let target = request.headers[.amzTarget],
            let name = target.utf8.split(separator: UInt8(ascii: ".")).last,
            let operation = try service.operation(named: Substring(name))
        else { throw AWSError("UnknownOperationException", "") }
        return operation
    }

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        try ShapeReader(
            JSONReader(body: request.body), in: service,
            validation: service.description.validation ?? .validationException
        ).message()
    }

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = self.response(status: 200, requestID)
        guard operation.output != nil else { return response }
        let json = JSONWriter()
        let writer = ShapeWriter(json, in: service, bindsHTTP: false)
        output.write(to: writer)
        response.body = Body(json.bytes)
        if let events = writer.payload {
            response.headers[.contentType] = EventStreamMessage.contentType
            response.body = events.preceded(
                by: EventStreamMessage(initialResponse: json.bytes, contentType: contentType))
        }
        return response
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = self.response(status: error.status, requestID)
        response.headers[.amznErrorType] = error.code
        if service.description.isQueryCompatible {
            let fault = error.fault == .client ? "Sender" : "Receiver"
            response.headers[.amznQueryError] = "\(error.queryCode ?? error.code);\(fault)"
        }
        response.body = Body(error.json(error.fields, type: error.code))
        return response
    }

    private func response(status: Int, _ requestID: String) -> WireResponse {
        WireResponse(
            status: status, headers: [.contentType: contentType, .amznRequestID: requestID])
    }
}
