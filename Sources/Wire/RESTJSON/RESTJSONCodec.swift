import HTTPTypes
import NIOCore

/// restJson1: the operation in method and path, members in path, query, headers and a JSON body.
///
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
package struct RESTJSONCodec: WireCodec {
    /// Makes the codec.
    package init() {}

    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        guard let operation = try service.operation(at: request) else {
            throw service.noOperation(at: request)
        }
        return operation
    }

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        let binding = try HTTPRequestBinding(request, for: operation, in: service)
        return try ShapeReader(
            binding.content.map { JSONReader(Array(buffer: $0)) }, in: service,
            bound: binding.members(),
            validation: service.description.validation ?? .validationException,
            events: { JSONReader($0) }
        ).message()
    }

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = WireResponse(
            status: operation.status, headers: [.amznRequestID: requestID])
        guard let shape = operation.output.map({ service.shapes[$0] }) else { return response }
        let json = JSONWriter()
        let writer = ShapeWriter(json, in: service, bindsHTTP: true)
        output.write(to: writer)
        HTTPResponseBinding.apply(
            writer, Body(json.bytes), of: shape, in: service, to: &response,
            contentType: "application/json", blobType: "application/octet-stream")
        return response
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = WireResponse(
            status: error.status,
            headers: [
                .contentType: "application/json", .amznRequestID: requestID,
                .amznErrorType: error.code,
            ])
        let fields = HTTPResponseBinding.apply(error, in: service, to: &response.headers)
        response.body = Body(error.json(fields))
        return response
    }
}
