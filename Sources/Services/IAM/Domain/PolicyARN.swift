import IAMModel
import ServiceKit
import Wire

/// The ARN of a managed policy: `arn:aws:iam::123456789012:policy/path/name`.
struct PolicyARN: Hashable, Sendable {
    let text: String
    /// The account, or `aws` for AWS's own policies.
    let account: String
    /// Begins and ends with a slash.
    let path: String
    let name: String

    /// Reads a policy's ARN; `nil` for anything else.
    init?(_ text: String) {
        guard let arn = ARN(text), arn.service == "iam", arn.region.isEmpty, !arn.account.isEmpty,
            arn.resource.hasPrefix("policy/"), let slash = arn.resource.lastIndex(of: "/"),
            arn.resource.last != "/"
        else { return nil }
        self.text = text
        account = arn.account
        path = String(arn.resource.dropFirst("policy".count)[...slash])
        name = String(arn.resource[arn.resource.index(after: slash)...])
    }

    /// Reads the ARN that a request gives.
    ///
    /// - Throws: `InvalidInput`.
    static func required(_ text: String) throws -> PolicyARN {
        guard let arn = PolicyARN(text) else {
            throw IAMError.invalidInputException("ARN \(text) is not valid.")
        }
        return arn
    }

    var isAWS: Bool { account == "aws" }

    /// The number of a version: 3 of `v3`.
    ///
    /// - Throws: `NoSuchEntity` for what is none.
    func version(_ text: String) throws -> Int {
        guard text.hasPrefix("v"), let number = Int(text.dropFirst()) else {
            throw IAMError.noSuchEntityException(
                "Policy \(self.text) version \(text) does not exist or is not attachable.")
        }
        return number
    }
}

extension PolicyARN {
    /// Reads the ARN of a policy that a request changes, which is the account's own.
    ///
    /// - Throws: `InvalidInput`; `AccessDenied` for policies of AWS and of others.
    static func own(_ text: String, in context: RequestContext) throws -> PolicyARN {
        let arn = try required(text)
        guard arn.account == context.account else {
            throw AWSError(
                "AccessDenied", "Policy \(text) is outside your own account.", status: 403)
        }
        return arn
    }
}
