import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes the role of a service, which the service alone may assume.
///
/// Source: API_CreateServiceLinkedRole in the IAM API Reference.
struct CreateServiceLinkedRole: OperationHandler {
    static let operation = IAMAPI.createServiceLinkedRole
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateServiceLinkedRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let role = ServiceLinkedRole(input.awsServiceName, suffix: input.customSuffix)
        return try await store.access(
            "CreateServiceLinkedRole", to: .role(role.name), at: role.path, in: context,
            keys: ["iam:AWSServiceName": [input.awsServiceName]])
    }

    func handle(
        _ input: CreateServiceLinkedRoleRequest, in context: RequestContext
    ) async throws -> CreateServiceLinkedRoleResponse {
        let linked = ServiceLinkedRole(input.awsServiceName, suffix: input.customSuffix)
        var role = Entity(.role(linked.name), in: context, path: linked.path, randomness)
        role.description = input.description
        role.document = linked.trustPolicy
        role.number = IAMLimits.defaultSessionSeconds
        do {
            try await store.create(role)
        } catch let error as AWSError where error.code == "EntityAlreadyExists" {
            throw IAMError.invalidInputException(
                "Service role name \(linked.name) has been taken in this account, please try a different suffix."
            )
        }
        return CreateServiceLinkedRoleResponse(role: Role(role, in: context.partition))
    }
}
