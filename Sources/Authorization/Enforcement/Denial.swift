import ServiceKit
import Wire

/// A refusal in the words of AWS.
///
/// Source: "Troubleshoot access denied error messages" in the IAM User Guide.
struct Denial {
    private let entry: AccessLedger.Entry
    private let principal: Principal
    private let dialect: DenialDialect
    private let isTrust: Bool

    /// - Parameters:
    ///   - service: the action that the request is for, whose service words the error.
    ///   - isTrust: whether it is about who may take on a role.
    init(_ entry: AccessLedger.Entry, of principal: Principal, service: String, isTrust: Bool) {
        self.entry = entry
        self.principal = principal
        self.dialect = DenialDialect(action: service)
        self.isTrust = isTrust
    }

    /// The error to throw.
    func error(_ messages: (any AuthorizationMessages)?) async throws -> AWSError {
        var text = dialect.hidesReason(from: principal) ? "Access Denied" : self.text
        if dialect == .encoded, let messages {
            let encoded = try await messages.encode(entry.document.jsonText)
            text =
                "You are not authorized to perform this operation. \(text) "
                + "Encoded authorization failure message: \(encoded)"
        }
        return dialect.error(text)
    }

    private var text: String {
        if case .federated = principal { return "Not authorized to perform \(entry.action)" }
        let resource = dialect == .s3 ? "\"\(entry.resource)\"" : entry.resource
        let name = principal == .anonymous ? "anonymous" : principal.arn
        return "User: \(name) is not authorized to perform: \(entry.action) "
            + "on resource: \(resource)\(reason)"
    }

    private var reason: String {
        if let match = entry.decision.match {
            let kind =
                isTrust && match.kind == .resource ? "role trust policy" : match.kind.rawValue
            return " with an explicit deny in \(kind.hasPrefix("i") ? "an" : "a") \(kind)"
        }
        guard let missing = entry.decision.missing else { return "" }
        // STS gives no reason where a role does not let somebody in.
        if isTrust, missing == .resource { return "" }
        return " because no \(missing.rawValue) allows the \(entry.action) action"
    }
}
