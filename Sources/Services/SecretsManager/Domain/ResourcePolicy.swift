import SecretsManagerModel
import Wire

/// The checks of a secret's resource policy.
enum ResourcePolicy {
    /// What is wrong with a policy: the name of a check, and a sentence.
    struct Finding: Sendable {
        let check: String
        let message: String
    }

    /// What is wrong with the form of a policy; `nil` where nothing is.
    static func formFinding(_ text: String) -> Finding? {
        guard let document = try? Document(json: text), document["Statement"] != nil else {
            return Finding(
                check: "RESOURCE_POLICY_SYNTAX",
                message: "This resource policy contains invalid Json.")
        }
        for statement in statements(document) {
            guard let effect = statement["Effect"]?.stringValue,
                ["Allow", "Deny"].contains(effect),
                statement["Principal"] != nil || statement["NotPrincipal"] != nil,
                statement["Action"] != nil || statement["NotAction"] != nil,
                statement["Resource"] != nil || statement["NotResource"] != nil
            else {
                return Finding(
                    check: "RESOURCE_POLICY_SYNTAX",
                    message: "This resource policy contains a statement without an Effect, a "
                        + "Principal, an Action or a Resource.")
            }
        }
        return nil
    }

    /// Whether a policy lets anybody in.
    static func isPublic(_ text: String) -> Bool {
        guard let document = try? Document(json: text) else { return false }
        return statements(document).contains { statement in
            guard statement["Effect"]?.stringValue == "Allow", statement["Condition"] == nil else {
                return false
            }
            if statement["NotPrincipal"] != nil { return true }
            let principal = statement["Principal"]
            let named = texts(principal) + texts(principal?["AWS"])
            return named.contains("*")
        }
    }

    private static func statements(_ document: Document) -> [Document] {
        switch document["Statement"] {
        case .array(let elements)?: elements
        case let statement?: [statement]
        case nil: []
        }
    }

    private static func texts(_ document: Document?) -> [String] {
        switch document {
        case .string(let text)?: [text]
        case .array(let elements)?: elements.compactMap(\.stringValue)
        default: []
        }
    }
}
