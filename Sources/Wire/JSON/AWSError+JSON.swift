extension AWSError {
    /// The error as the JSON protocols write it.
    ///
    /// - Parameters:
    ///   - fields: the members of its shape that stand in the body.
    ///   - type: what `__type` says, where the protocol has it.
    func json(_ fields: [String: Document], type: String? = nil) -> [UInt8] {
        var members = fields
        if let type { members["__type"] = .string(type) }
        if !message.isEmpty { members[messageKey] = .string(message) }
        return Document.object(members).json()
    }
}
