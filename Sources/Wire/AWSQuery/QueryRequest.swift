import NIOCore

/// A request of a query protocol: its parameters stand in the query, in a form in the body, or in both.
struct QueryRequest {
    private let query: String
    private let body: String

    /// - Throws: `AWSError` `MalformedQueryString` where the body is no text.
    init(_ request: WireRequest) throws {
        guard case .bytes(let buffer) = request.body,
            let body = String(validating: buffer.readableBytesView, as: UTF8.self)
        else { throw AWSError("MalformedQueryString", "The body of the request is no form") }
        self.query = request.query
        self.body = body
    }

    /// The operation that the parameters `Action` and `Version` name.
    ///
    /// - Throws: `AWSError`: `MissingAction`; `InvalidAction` where the API has no such operation or version;
    ///   `NotImplemented` where Apus does not serve it.
    func operation(in service: ServiceSchema) throws -> OperationSchema {
        guard let action = try parameter("Action"), !action.isEmpty else {
            throw AWSError(
                "MissingAction", "The request is missing an action or a required parameter.")
        }
        let version = try parameter("Version")
        guard version == service.description.apiVersion,
            let operation = try service.operation(named: action)
        else {
            throw AWSError(
                "InvalidAction",
                "Could not find operation \(action) for version \(version ?? "NO_VERSION_SPECIFIED")"
            )
        }
        return operation
    }

    /// All parameters.
    ///
    /// - Throws: `AWSError` `MalformedQueryString` where they are no form.
    func form() throws -> QueryForm {
        var form = QueryForm()
        try form.add(parsing: query[...])
        try form.add(parsing: body[...])
        return form
    }

    /// The last value of the parameter `name`; the other parameters are not looked at.
    private func parameter(_ name: String) throws -> String? {
        let start = Array("\(name)=".utf8)
        for text in [body, query] {
            let parameters = text.utf8.split(separator: UInt8(ascii: "&"))
            guard let parameter = parameters.last(where: { $0.starts(with: start) }) else {
                continue
            }
            var form = QueryForm()
            try form.add(parsing: Substring(parameter))
            return form.children[name]?.value
        }
        return nil
    }
}
