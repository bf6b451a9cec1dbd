import HTTPTypes

/// What the two query protocols have in common: forms in, XML out.
protocol FormCodec: WireCodec {
    /// How requests name their parameters.
    static var dialect: QueryDialect { get }
    /// The media type of answers.
    static var contentType: String { get }
}

extension FormCodec {
    /// Finds the operation that the parameter `Action` names.
    package func operation(
        for request: WireRequest, in service: ServiceSchema
    ) throws -> OperationSchema {
        try QueryRequest(request).operation(in: service)
    }

    /// Reads the input from the parameters.
    package func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input {
        let body = QueryBodyReader(
            try QueryRequest(request).form(), dialect: Self.dialect, in: service)
        let validation = service.description.validation ?? .validationError
        return try ShapeReader(body, in: service, validation: validation).message()
    }

    /// The response whose content is `xml`.
    func response(_ status: Int, _ xml: XMLWriter, requestID: String) -> WireResponse {
        WireResponse(
            status: status,
            headers: [.contentType: Self.contentType, .amznRequestID: requestID],
            body: Body(xml.bytes))
    }
}
