import IAMModel
import ServiceKit
import Wire

/// Attaches a managed policy to a group.
///
/// Source: API_AttachGroupPolicy in the IAM API Reference.
struct AttachGroupPolicy: OperationHandler {
    static let operation = IAMAPI.attachGroupPolicy
    let store: IAMStore

    func access(
        for input: AttachGroupPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "AttachGroupPolicy", to: .group(input.groupName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: AttachGroupPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.attach(
            PolicyARN.required(input.policyArn), to: .group(input.groupName), of: context.account,
            at: context.time)
        return EmptyStructure()
    }
}
