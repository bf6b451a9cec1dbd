import IAMModel
import ServiceKit
import Wire

/// Attaches a managed policy to a user.
///
/// Source: API_AttachUserPolicy in the IAM API Reference.
struct AttachUserPolicy: OperationHandler {
    static let operation = IAMAPI.attachUserPolicy
    let store: IAMStore

    func access(
        for input: AttachUserPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "AttachUserPolicy", to: .user(input.userName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: AttachUserPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.attach(
            PolicyARN.required(input.policyArn), to: .user(input.userName), of: context.account,
            at: context.time)
        return EmptyStructure()
    }
}
