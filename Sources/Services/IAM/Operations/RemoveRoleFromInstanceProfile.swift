import IAMModel
import ServiceKit
import Wire

/// Takes a role out of an instance profile.
///
/// Source: API_RemoveRoleFromInstanceProfile in the IAM API Reference.
struct RemoveRoleFromInstanceProfile: OperationHandler {
    static let operation = IAMAPI.removeRoleFromInstanceProfile
    let store: IAMStore

    func access(
        for input: RemoveRoleFromInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "RemoveRoleFromInstanceProfile", to: .instanceProfile(input.instanceProfileName),
            in: context)
    }

    func handle(
        _ input: RemoveRoleFromInstanceProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.remove(
            role: input.roleName, fromProfile: input.instanceProfileName, of: context.account)
        return EmptyStructure()
    }
}
