import IAMModel
import ServiceKit
import Wire

/// Answers an instance profile with its role.
///
/// Source: API_GetInstanceProfile in the IAM API Reference.
struct GetInstanceProfile: OperationHandler {
    static let operation = IAMAPI.getInstanceProfile
    let store: IAMStore

    func access(
        for input: GetInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "GetInstanceProfile", to: .instanceProfile(input.instanceProfileName), in: context)
    }

    func handle(
        _ input: GetInstanceProfileRequest, in context: RequestContext
    ) async throws -> GetInstanceProfileResponse {
        let account = context.account
        let profile = EntityReference.instanceProfile(input.instanceProfileName)
        let (entity, tags) = try await store.taggedEntity(profile, of: account)
        let roles = try await store.read { try IAMStore.roles(in: profile, of: account, in: $0) }
        return GetInstanceProfileResponse(
            instanceProfile: InstanceProfile(
                entity, roles: roles, tags: tags, in: context.partition))
    }
}
