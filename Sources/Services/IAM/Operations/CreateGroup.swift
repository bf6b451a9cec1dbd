import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes a group.
///
/// Source: API_CreateGroup in the IAM API Reference.
struct CreateGroup: OperationHandler {
    static let operation = IAMAPI.createGroup
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateGroup", to: .group(input.groupName), at: input.path, in: context)
    }

    func handle(
        _ input: CreateGroupRequest, in context: RequestContext
    ) async throws -> CreateGroupResponse {
        let group = Entity(.group(input.groupName), in: context, path: input.path, randomness)
        try await store.create(group)
        return CreateGroupResponse(group: Group(group, in: context))
    }
}
