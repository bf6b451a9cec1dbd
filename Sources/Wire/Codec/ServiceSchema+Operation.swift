extension ServiceSchema {
    /// The operation of that name; `nil` where AWS has none.
    ///
    /// - Throws: `AWSError` `NotImplemented` (501) where AWS has it and Apus does not serve it.
    func operation(named name: some StringProtocol) throws -> OperationSchema? {
        if let position = operationPositions[String(name)] { return operations[position] }
        if unserved.contains(where: { $0.name == name }) { throw notImplemented(String(name)) }
        return nil
    }

    /// The error for an operation that AWS has and Apus does not serve.
    func notImplemented(_ name: String) -> AWSError {
        AWSError(
            "NotImplemented", "\(name) of \(description.name) is not served by Apus.", status: 501)
    }
}
