import Platform
package import Wire

extension AccessLedger.Entry {
    /// The entry as JSON: what `apus iam explain` shows and `DecodeAuthorizationMessage` opens.
    package var document: Document {
        var members: [String: Document] = [
            "requestId": .string(requestID), "time": .string(time.iso8601Milliseconds),
            "principal": .string(caller), "action": .string(action),
            "resource": .string(resource), "allowed": .boolean(decision.isAllowed),
            "explicitDeny": .boolean(decision.outcome == .explicitlyDenied),
            "enforced": .boolean(isEnforced),
        ]
        if let match = decision.match {
            members["policyType"] = .string(match.kind.rawValue)
            members["policy"] = .string(match.policy)
            members["statement"] = .integer(Int64(match.statement))
            members["sid"] = match.sid.map { .string($0) }
        }
        if let missing = decision.missing { members["missing"] = .string(missing.rawValue) }
        return .object(members)
    }
}
