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
        switch try service.routes.find(request) {
        case .served(let operation)?: return operation
        case .unserved(let operation)?: throw service.notImplemented(operation.name)
        case nil:
            throw AWSError(
                "UnknownOperationException",
                "No operation answers \(request.method.rawValue) \(request.path)", status: 404)
        }
    }

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        let binding = try HTTPRequestBinding(request, for: operation, in: service)
        return try ShapeReader(
            JSONReader(body: request.body), in: service, bound: binding.members(),
            validation: service.description.validation ?? .validationException
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
        HTTPResponseBinding.apply(writer.bound, of: shape, in: service, to: &response)
        if let payload = writer.payload {
            response.body = payload
        } else if writer.hasWrittenBody {
            response.body = Body(json.bytes)
        }
        if response.headers[.contentType] == nil {
            response.headers[.contentType] = contentType(of: writer, shape, in: service)
        }
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

    /// What the body is, where no member of the output says it.
    private func contentType(
        of writer: ShapeWriter, _ shape: Shape, in service: ServiceSchema
    ) -> String? {
        guard writer.payload != nil else { return writer.hasWrittenBody ? "application/json" : nil }
        let kind = shape.payload.map { service.shapes[shape.members[$0].target].kind }
        switch kind {
        case .string: return "text/plain"
        case .blob: return "application/octet-stream"
        default: return EventStreamMessage.contentType
        }
    }
}
