import NIOCore

/// A request of a query protocol: its parameters stand in the query, in a form in the body, or in both.
struct QueryRequest {
    private let query: Substring.UTF8View
    private let body: ByteBufferView

    /// - Throws: `AWSError` `MalformedInput` where the body flows, as no input of these protocols does.
    init(_ request: WireRequest) throws {
        guard case .bytes(let body) = request.body else {
            throw AWSError("MalformedInput", "The request has no form")
        }
        self.query = request.query[...].utf8
        self.body = body.readableBytesView
    }

    /// The operation that the parameters `Action` and `Version` name.
    ///
    /// - Throws: `AWSError`: `MissingAction`; `InvalidAction` where the API has no such operation or version;
    ///   `NotImplemented` where Apus does not serve it.
    func operation(in service: ServiceSchema) throws -> OperationSchema {
        guard let action = try parameter("Action"), !action.isEmpty else {
            throw AWSError("MissingAction", "The request is missing an action or a required parameter.")
        }
        let version = try parameter("Version")
        guard version == service.description.apiVersion,
            let operation = try service.operation(named: action)
        else {
            throw AWSError(
                "InvalidAction",
                "Could not find operation \(action) for version \(version ?? "NO_VERSION_SPECIFIED")")
        }
        return operation
    }

    /// All parameters.
    ///
    /// - Throws: `AWSError` `MalformedQueryString` where they are no form.
    func form() throws -> QueryForm {
        var form = QueryForm()
        try form.add(parsing: query)
        try form.add(parsing: body)
        return form
    }

    /// The last value of the parameter `name`, which needs no escapes; the rest is passed over.
    private func parameter(_ name: StaticString) throws -> String? {
        let start = Array("\(name)=".utf8)
        let found =
            body.split(separator: UInt8(ascii: "&")).last { $0.starts(with: start) }
            .map { Array($0) }
            ?? query.split(separator: UInt8(ascii: "&")).last { $0.starts(with: start) }
            .map { Array($0) }
        guard let found else { return nil }
        var form = QueryForm()
        try form.add(parsing: found)
        return form.children["\(name)"]?.value
    }
}
