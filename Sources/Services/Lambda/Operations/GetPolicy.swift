import LambdaModel
import ServiceKit

/// Tells a function's resource policy.
///
/// Source: API_GetPolicy.
struct GetPolicy: OperationHandler {
    static let operation = LambdaAPI.getPolicy
    let functions: FunctionStore

    func access(
        for input: GetPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetPolicy", reference, in: functions)]
    }

    func handle(
        _ input: GetPolicyRequest, in context: RequestContext
    ) async throws -> GetPolicyResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let (policy, revisionID) = try await functions.policyWithRevision(reference)
        return GetPolicyResponse(policy: policy.json, revisionId: revisionID)
    }
}
