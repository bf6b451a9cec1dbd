import IAM
import IAMModel
import ServiceKit
import TestKit
import Wire

/// IAM in a test's process.
struct IAMCloud {
    static let trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """
    static let policy = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}
        """

    let cloud = TestCloud()

    init() async throws {
        let database = try await cloud.database("iam", migrations: IAMService.migrations)
        cloud.assemble([IAMService(cloud.dependencies, database: database)])
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a role that Lambda may assume.
    @discardableResult
    func make(_ name: String, path: String? = nil, tags: [Tag]? = nil) async throws -> Role {
        try await call(
            IAMAPI.createRole,
            CreateRoleRequest(
                path: path, roleName: name, assumeRolePolicyDocument: Self.trust, tags: tags)
        ).role
    }

    func role(_ name: String) async throws -> Role {
        try await call(IAMAPI.getRole, GetRoleRequest(roleName: name)).role
    }
}
