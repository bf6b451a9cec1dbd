import IAMModel
import ServiceKit
import Wire

/// Adds a version to a managed policy.
///
/// Source: API_CreatePolicyVersion in the IAM API Reference.
struct CreatePolicyVersion: OperationHandler {
    static let operation = IAMAPI.createPolicyVersion
    let store: IAMStore

    func access(
        for input: CreatePolicyVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("CreatePolicyVersion", to: policy, in: context)
    }

    func handle(
        _ input: CreatePolicyVersionRequest, in context: RequestContext
    ) async throws -> CreatePolicyVersionResponse {
        let document = try PolicyDocument.managed(input.policyDocument)
        let isDefault = input.setAsDefault ?? false
        let version = try await store.createVersion(
            of: PolicyARN.own(input.policyArn, in: context), document: document.text,
            isDefault: isDefault, at: context.time)
        return CreatePolicyVersionResponse(
            policyVersion: version.answer(
                default: isDefault ? version.number : 0, withDocument: false))
    }
}
