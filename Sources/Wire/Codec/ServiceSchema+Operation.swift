extension ServiceSchema {
    /// The operation of that name; `nil` where AWS has none.
    ///
    /// - Throws: `AWSError` `NotImplemented` (501) where AWS has it and Apus does not serve it.
    func operation(named name: some StringProtocol) throws -> OperationSchema? {
        if let index = operations.firstIndex(where: { $0.name == name }) { return operations[index] }
        guard !unserved.contains(where: { $0.name == name }) else {
            throw AWSError(
                "NotImplemented", "\(name) of \(description.name) is not served by Apus.", status: 501)
        }
        return nil
    }
}
