import Wire

extension ErrorConstant {
    /// The error with the member that Lambda gives errors of the caller: `Type: User`.
    func user(_ message: String, _ fields: [String: Document] = [:]) -> AWSError {
        self(message, fields.merging(["Type": "User"]) { given, _ in given })
    }
}
