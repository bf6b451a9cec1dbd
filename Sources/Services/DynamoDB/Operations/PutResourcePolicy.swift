import DynamoDBModel
import ServiceKit
import Wire

/// Says who may use a table or a stream, beside what their own policies say.
struct PutResourcePolicy: OperationHandler {
    static let operation = DynamoDBAPI.putResourcePolicy
    let policies: PolicyStore

    func access(for input: PutResourcePolicyInput, in context: RequestContext) -> [AccessRequest] {
        policies.tables.access("PutResourcePolicy", arn: input.resourceArn)
    }

    func handle(_ input: PutResourcePolicyInput, in context: RequestContext) async throws
        -> PutResourcePolicyOutput
    {
        try ResourcePolicyRules.check(input.policy)
        return PutResourcePolicyOutput(
            revisionId: try await policies.put(
                input.policy, of: input.resourceArn, expecting: input.expectedRevisionId))
    }
}
