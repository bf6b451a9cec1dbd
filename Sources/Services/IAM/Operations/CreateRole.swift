import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes a role.
///
/// Source: API_CreateRole in the IAM API Reference.
struct CreateRole: OperationHandler {
    static let operation = IAMAPI.createRole
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateRole", to: .role(input.roleName), at: input.path, in: context,
            keys: store.keys(setting: input.tags, boundary: input.permissionsBoundary))
    }

    func handle(
        _ input: CreateRoleRequest, in context: RequestContext
    ) async throws -> CreateRoleResponse {
        try TagRules.check(input.tags ?? [])
        let trust = try PolicyDocument.trust(input.assumeRolePolicyDocument)
        var role = Entity(.role(input.roleName), in: context, path: input.path, randomness)
        if let boundary = input.permissionsBoundary {
            role.boundary = try await store.boundary(boundary, of: context.account)
        }
        role.description = input.description
        role.document = trust.text
        role.number = input.maxSessionDuration ?? IAMLimits.defaultSessionSeconds
        try await store.create(role, tags: input.tags ?? [])
        var answer = Role(role, in: context.partition)
        answer.attach(tags: input.tags ?? [], boundary: role.boundary)
        return CreateRoleResponse(role: answer)
    }
}
