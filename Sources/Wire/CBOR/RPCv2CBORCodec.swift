import HTTPTypes
import NIOCore

/// The protocol `rpcv2Cbor`: the path names the operation, CBOR goes in and out.
///
/// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
package struct RPCv2CBORCodec: WireCodec {
    static let mediaType = "application/cbor"

    package init() {}

    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).suffix(4)
        guard parts.count == 4, request.method == .post,
            parts[parts.startIndex] == "service", parts[parts.startIndex + 2] == "operation",
            service.description.targetPrefix.map({ $0 == parts[parts.startIndex + 1] }) ?? true,
            let operation = try service.operation(named: parts[parts.startIndex + 3])
        else { throw AWSError("UnknownOperationException", "", status: 404) }
        return operation
    }

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        guard case .bytes(let buffer) = request.body else {
            throw AWSError("SerializationException", "The request has no CBOR")
        }
        let body =
            buffer.readableBytes > 0 ? CBORBodyReader(Array(buffer.readableBytesView)) : nil
        let validation = service.description.validation ?? .validationException
        return try ShapeReader(body, in: service, validation: validation).message()
    }

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = Self.response(200, requestID: requestID)
        guard operation.output != nil else { return response }
        let body = CBORBodyWriter()
        let writer = ShapeWriter(body, in: service, bindsHTTP: false)
        output.write(to: writer)
        if let events = writer.payload {
            response.headers[.contentType] = EventStreamMessage.contentType
            response.body = events.preceded(
                by: EventStreamMessage(
                    initialResponse: body.cbor.bytes, contentType: Self.mediaType))
        } else {
            response.headers[.contentType] = Self.mediaType
            response.body = Body(body.cbor.bytes)
        }
        return response
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var cbor = CBOREncoder()
        cbor.error(error, type: error.code)
        var response = Self.response(error.status, requestID: requestID)
        response.headers[.contentType] = Self.mediaType
        if service.description.isQueryCompatible {
            let fault = error.fault == .client ? "Sender" : "Receiver"
            response.headers[.amznQueryError] = "\(error.queryCode ?? error.code);\(fault)"
        }
        response.body = Body(cbor.bytes)
        return response
    }

    private static func response(_ status: Int, requestID: String) -> WireResponse {
        WireResponse(
            status: status,
            headers: [.smithyProtocol: "rpc-v2-cbor", .amznRequestID: requestID])
    }
}
