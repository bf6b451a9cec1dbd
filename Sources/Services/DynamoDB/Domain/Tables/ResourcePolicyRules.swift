import DynamoDBValues
import Platform
import Wire

/// What must hold for a resource policy, and how its revisions are called.
enum ResourcePolicyRules {
    /// Checks a policy's form and size.
    ///
    /// - Throws: `ValidationException`.
    static func check(_ policy: String) throws {
        guard policy.utf8.count <= DynamoDBLimits.policyBytes else {
            throw AWSError.validation("Resource policy exceeds the maximum size of 20 KB")
        }
        guard let document = try? Document(json: policy), document["Statement"] != nil else {
            throw AWSError.validation("Policy document is not valid")
        }
    }

    /// The name of the revision that is made now; names of later revisions are greater.
    static func revision(_ now: Instant) -> String {
        String(now.milliseconds)
    }
}
