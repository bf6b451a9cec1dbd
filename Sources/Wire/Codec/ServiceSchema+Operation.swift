import HTTPTypes

extension ServiceSchema {
    /// The operation of that name; `nil` where AWS has none.
    ///
    /// - Throws: `AWSError` `NotImplemented` (501) where AWS has it and Apus does not serve it.
    func operation(named name: some StringProtocol) throws -> OperationSchema? {
        if let position = operationPositions[String(name)] { return operations[position] }
        if unserved.contains(where: { $0.name == name }) { throw notImplemented(String(name)) }
        return nil
    }

    /// The operation that the method, path and query of `request` name in a REST service; `nil` where AWS has none.
    ///
    /// - Throws: `AWSError` `NotImplemented` (501) where AWS has it and Apus does not serve it;
    ///   `SerializationException` where the query is malformed.
    func operation(at request: WireRequest) throws -> OperationSchema? {
        switch try routes.find(request) {
        case .served(let operation)?: operation
        case .unserved(let operation)?: throw notImplemented(operation.name)
        case nil: nil
        }
    }

    /// The error for a method and path of which AWS has no operation.
    func noOperation(at request: WireRequest) -> AWSError {
        AWSError(
            "UnknownOperationException",
            "No operation answers \(request.method.rawValue) \(request.path)", status: 404)
    }

    /// The error for an operation that AWS has and Apus does not serve.
    func notImplemented(_ name: String) -> AWSError {
        AWSError(
            "NotImplemented", "\(name) of \(description.name) is not served by Apus.", status: 501)
    }
}
