import ServiceKit

extension AccessRequest {
    /// `action` on a function, whose resource policy has its say.
    static func function(
        _ action: String, _ reference: FunctionReference, in functions: FunctionStore,
        conditionKeys: [String: [String]] = [:]
    ) -> AccessRequest {
        AccessRequest("lambda:\(action)", on: reference.arn, conditionKeys: conditionKeys) {
            try await functions.policy(reference.key, qualifier: reference.qualifier).json
        }
    }

    /// Handing a role to Lambda.
    static func passRole(_ role: String) -> AccessRequest {
        AccessRequest(
            "iam:PassRole", on: role,
            conditionKeys: ["iam:PassedToService": ["lambda.amazonaws.com"]])
    }
}
