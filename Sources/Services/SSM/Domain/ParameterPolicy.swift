import Platform
import SSMModel
import Wire

/// The policies of an advanced parameter. Of the three that AWS has, expiration is served; the other two only send
/// notifications.
///
/// Source: "Assigning parameter policies" in the Systems Manager User Guide.
struct ParameterPolicy: Sendable {
    /// When the parameter is deleted.
    var expiration: Instant?

    /// Reads the policies of a request.
    ///
    /// - Throws: `InvalidPolicyTypeException`, `InvalidPolicyAttributeException`, `PoliciesLimitExceededException`,
    ///   `ValidationException`.
    init(_ text: String) throws {
        guard case .array(let policies)? = try? Document(json: text) else {
            throw SSMError.invalidPolicyAttributeException("The policies are not a JSON array.")
        }
        guard policies.count <= SSMLimits.policies else {
            throw SSMError.policiesLimitExceededException(
                "A parameter can have no more than \(SSMLimits.policies) policies.")
        }
        for policy in policies {
            guard let type = policy["Type"]?.stringValue, policy["Version"]?.stringValue == "1.0"
            else {
                throw SSMError.invalidPolicyAttributeException(
                    "A policy needs a Type, and 1.0 as its Version.")
            }
            switch type {
            case "Expiration":
                guard let time = policy["Attributes"]?["Timestamp"]?.stringValue,
                    let instant = Instant(iso8601: time)
                else {
                    throw SSMError.invalidPolicyAttributeException(
                        "The Timestamp of an Expiration policy is a date in ISO 8601.")
                }
                expiration = instant
            case "ExpirationNotification", "NoChangeNotification":
                throw SSMError.invalidPolicyTypeException(
                    "Policies of type \(type) are not served by Apus.")
            default:
                throw SSMError.invalidPolicyTypeException(
                    "The policy type is not supported: \(type)")
            }
        }
    }

    /// The policies as they are answered.
    static func answer(_ text: String?) -> [ParameterInlinePolicy] {
        guard let text, case .array(let policies)? = try? Document(json: text) else { return [] }
        return policies.map {
            ParameterInlinePolicy(
                policyText: $0.jsonText, policyType: $0["Type"]?.stringValue,
                policyStatus: "Pending")
        }
    }
}
