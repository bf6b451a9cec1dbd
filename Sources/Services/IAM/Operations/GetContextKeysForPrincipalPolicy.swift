import IAMModel
import ServiceKit
import Wire

/// Lists the condition keys that the policies of a user, group or role ask for.
///
/// Source: API_GetContextKeysForPrincipalPolicy in the IAM API Reference.
struct GetContextKeysForPrincipalPolicy: OperationHandler {
    static let operation = IAMAPI.getContextKeysForPrincipalPolicy
    let store: IAMStore

    func access(
        for input: GetContextKeysForPrincipalPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetContextKeysForPrincipalPolicy", on: input.policySourceArn)]
    }

    func handle(
        _ input: GetContextKeysForPrincipalPolicyRequest, in context: RequestContext
    ) async throws -> GetContextKeysForPolicyResponse {
        let reference = try EntityReference(identity: input.policySourceArn)
        let account = context.account
        let policies = try await store.read { transaction in
            let entity = try IAMStore.entity(reference, of: account, in: transaction)
            return try Directory.policies(of: entity, in: transaction)
        }
        return GetContextKeysForPolicyResponse(
            contextKeyNames: try Simulation.contextKeys(
                of: policies.map(\.document) + (input.policyInputList ?? [])))
    }
}
