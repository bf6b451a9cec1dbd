import IAMModel
import ServiceKit
import Wire

/// Lists the condition keys that given policies ask for.
///
/// Source: API_GetContextKeysForCustomPolicy in the IAM API Reference.
struct GetContextKeysForCustomPolicy: OperationHandler {
    static let operation = IAMAPI.getContextKeysForCustomPolicy

    func access(
        for input: GetContextKeysForCustomPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetContextKeysForCustomPolicy")]
    }

    func handle(
        _ input: GetContextKeysForCustomPolicyRequest, in context: RequestContext
    ) async throws -> GetContextKeysForPolicyResponse {
        GetContextKeysForPolicyResponse(
            contextKeyNames: try Simulation.contextKeys(of: input.policyInputList))
    }
}
