import IAM
import IAMModel
import ServiceKit
import TestKit
import Testing
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
    let service: IAMService
    let credentials: any CredentialSource
    let directory: any IdentityDirectory

    init() async throws {
        let database = try await cloud.database("iam", migrations: IAMService.migrations)
        service = IAMService(cloud.dependencies, database: database)
        let registry = cloud.assemble([service])
        credentials = try #require(registry.credentialSources.first)
        directory = try #require(registry.identities)
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a role that Lambda may assume.
    @discardableResult
    func make(_ name: String, path: String? = nil, tags: [IAMModel.Tag]? = nil) async throws -> Role
    {
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
