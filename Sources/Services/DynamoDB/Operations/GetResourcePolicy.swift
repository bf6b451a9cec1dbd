import DynamoDBModel
import ServiceKit
import Wire

/// Answers the policy of a table or a stream.
struct GetResourcePolicy: OperationHandler {
    static let operation = DynamoDBAPI.getResourcePolicy
    let policies: PolicyStore

    func access(for input: GetResourcePolicyInput, in context: RequestContext) -> [AccessRequest] {
        policies.tables.access("GetResourcePolicy", arn: input.resourceArn)
    }

    func handle(_ input: GetResourcePolicyInput, in context: RequestContext) async throws
        -> GetResourcePolicyOutput
    {
        let found = try await policies.policy(of: input.resourceArn)
        return GetResourcePolicyOutput(policy: found.text, revisionId: found.revision)
    }
}
