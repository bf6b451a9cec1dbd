import IAMModel
import ServiceKit
import Wire

/// Puts a role into an instance profile.
///
/// Source: API_AddRoleToInstanceProfile in the IAM API Reference.
struct AddRoleToInstanceProfile: OperationHandler {
    static let operation = IAMAPI.addRoleToInstanceProfile
    let store: IAMStore

    func access(
        for input: AddRoleToInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "AddRoleToInstanceProfile", to: .instanceProfile(input.instanceProfileName), in: context
        )
            + store.access(
                "PassRole", to: .role(input.roleName), in: context,
                keys: ["iam:PassedToService": ["ec2.amazonaws.com"]])
    }

    func handle(
        _ input: AddRoleToInstanceProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.add(
            role: input.roleName, toProfile: input.instanceProfileName, of: context.account)
        return EmptyStructure()
    }
}
