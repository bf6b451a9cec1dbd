import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes an instance profile, which holds a role.
///
/// Source: API_CreateInstanceProfile in the IAM API Reference.
struct CreateInstanceProfile: OperationHandler {
    static let operation = IAMAPI.createInstanceProfile
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateInstanceProfile", to: .instanceProfile(input.instanceProfileName),
            at: input.path, in: context, keys: TagRules.conditionKeys(setting: input.tags ?? []))
    }

    func handle(
        _ input: CreateInstanceProfileRequest, in context: RequestContext
    ) async throws -> CreateInstanceProfileResponse {
        try TagRules.check(input.tags ?? [])
        let profile = Entity(
            .instanceProfile(input.instanceProfileName), in: context, path: input.path, randomness)
        try await store.create(profile, tags: input.tags ?? [])
        return CreateInstanceProfileResponse(
            instanceProfile: InstanceProfile(
                profile, roles: [], tags: input.tags ?? [], in: context.partition))
    }
}
