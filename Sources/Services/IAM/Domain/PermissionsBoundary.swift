import IAMModel
import ServiceKit
import Wire

/// The ARN of the managed policy that bounds what a role may do.
enum PermissionsBoundary {
    /// Checks that `text` is the ARN of a policy.
    ///
    /// - Throws: `InvalidInput`.
    static func check(_ text: String) throws {
        guard let arn = ARN(text), arn.service == "iam", arn.region.isEmpty, !arn.account.isEmpty,
            arn.resource.hasPrefix("policy/"), arn.resource.last != "/"
        else { throw IAMError.invalidInputException("ARN \(text) is not valid.") }
    }
}
