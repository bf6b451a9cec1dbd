import HTTPTypes
import NIOCore

/// restXml: the operation in method and path, members in path, query, headers and an XML body.
///
/// https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
package struct RESTXMLCodec: WireCodec {
    package init() {}

    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        if let operation = try service.operation(at: request) { return operation }
        guard service.isS3 else { throw service.noOperation(at: request) }
        throw AWSError(
            "MethodNotAllowed", "The specified method is not allowed against this resource.",
            status: 405)
    }

    // MARK: - Requests

    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        do {
            let binding = try HTTPRequestBinding(request, for: operation, in: service)
            return try ShapeReader(
                body(binding.content, of: operation, in: service), in: service,
                bound: binding.members(),
                validation: service.description.validation
                    ?? (service.isS3 ? .s3 : .validationException),
                events: { [service] in try XMLBodyReader($0, in: service) }
            ).message()
        } catch let error as AWSError where service.isS3 && error.code == "SerializationException" {
            throw AWSError("InvalidArgument", error.message, status: 400)
        }
    }

    /// What reads the XML of a request; `nil` where the input has none, or the request sent none.
    private func body(
        _ content: ByteBuffer?, of operation: OperationSchema, in service: ServiceSchema
    ) throws -> XMLBodyReader? {
        guard let content, let shape = operation.input.map({ service.shapes[$0] }) else {
            return nil
        }
        var roots = [operation.inputElement, shape.locationName].compactMap { $0 }
        if let payload = shape.payload.map({ shape.members[$0] }) {
            let target = service.shapes[payload.target]
            roots = [payload.wireName, target.name, target.locationName].compactMap { $0 }
        } else {
            guard shape.members.contains(where: { $0.location == .body }) else { return nil }
        }
        return try XMLBodyReader(Array(buffer: content), in: service, roots: roots)
    }

    // MARK: - Responses

    package func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = response(operation.status, in: service, requestID: requestID)
        guard let shape = operation.output.map({ service.shapes[$0] }) else { return response }
        var xml = XMLWriter()
        xml.declaration()
        let body = XMLBodyWriter(
            xml, in: service, root: operation.isUnwrapped ? .none : .modeled,
            namespace: operation.inputNamespace?.uri ?? service.description.xmlNamespace,
            writesMilliseconds: true)
        let writer = ShapeWriter(body, in: service, bindsHTTP: true)
        output.write(to: writer)
        HTTPResponseBinding.apply(
            writer, Body(body.xml.bytes), of: shape, in: service, to: &response,
            contentType: service.xmlMediaType,
            blobType: service.isS3 ? "binary/octet-stream" : "application/octet-stream")
        if response.headers[.contentRange] != nil, response.status == 200 { response.status = 206 }
        return response
    }

    package func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse {
        var response = response(error.status, in: service, requestID: requestID)
        var error = error
        if service.isS3, error.code == "InternalFailure" {
            (error.code, error.message) = (
                "InternalError", "We encountered an internal error. Please try again."
            )
        }
        error.fields = HTTPResponseBinding.apply(error, in: service, to: &response.headers)
        response.headers.append(contentsOf: error.headers)
        if error.status != 304 { response.headers[.contentType] = service.xmlMediaType }
        // Neither has a body; a client that asked for the head would take one for the next response.
        guard operation?.method != "HEAD", error.status != 304 else { return response }
        var xml = XMLWriter()
        xml.declaration()
        if service.isS3 {
            xml.start("Error")
            xml.errorMembers(error)
            xml.element("RequestId", requestID)
            xml.element("HostId", Self.hostID(requestID))
            xml.end("Error")
        } else {
            xml.start("ErrorResponse", namespace: service.description.xmlNamespace)
            xml.error(error, withType: true)
            xml.element("RequestId", requestID)
            xml.end("ErrorResponse")
        }
        response.body = Body(xml.bytes)
        return response
    }

    /// A response without content.
    private func response(
        _ status: Int, in service: ServiceSchema, requestID: String
    ) -> WireResponse {
        let headers: HTTPFields =
            service.isS3
            ? [.amzRequestID: requestID, .amzID2: Self.hostID(requestID)]
            : [.amznRequestID: requestID]
        return WireResponse(status: status, headers: headers)
    }

    /// The second identifier of a request of S3, which only AWS can read; there is nothing for it
    /// to say but the first.
    private static func hostID(_ requestID: String) -> String { Base64.encode(requestID.utf8) }
}

extension ServiceSchema {
    /// S3 speaks the protocol as it did before the protocol had a name.
    fileprivate var isS3: Bool { description.endpointPrefix == "s3" }

    fileprivate var xmlMediaType: String { isS3 ? "application/xml" : "text/xml" }
}
