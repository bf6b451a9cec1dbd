import DynamoDBModel
import ServiceKit
import Wire

/// Removes the policy of a table or a stream.
struct DeleteResourcePolicy: OperationHandler {
    static let operation = DynamoDBAPI.deleteResourcePolicy
    let policies: PolicyStore

    func access(for input: DeleteResourcePolicyInput, in context: RequestContext)
        -> [AccessRequest]
    {
        policies.tables.access("DeleteResourcePolicy", arn: input.resourceArn)
    }

    func handle(_ input: DeleteResourcePolicyInput, in context: RequestContext) async throws
        -> DeleteResourcePolicyOutput
    {
        DeleteResourcePolicyOutput(
            revisionId: try await policies.delete(
                input.resourceArn, expecting: input.expectedRevisionId))
    }
}
