import IAM
import IAMModel
import STS
import STSModel
import ServiceKit
import Storage
import TestKit
import Testing
import Wire

/// STS and IAM in a test's process.
struct STSCloud {
    let cloud = TestCloud()
    let credentials: any CredentialSource
    let router: OperationRouter
    let messages: (any AuthorizationMessages)?

    init(acceptsUnknownRoles: Bool = true, web: (any WebClient)? = nil) async throws {
        let sts = STSService(
            cloud.dependencies,
            database: try await cloud.database("sts", migrations: STSService.migrations),
            web: web, acceptsUnknownRoles: acceptsUnknownRoles)
        let iam = IAMService(
            cloud.dependencies,
            database: try await cloud.database("iam", migrations: IAMService.migrations))
        let registry = cloud.assemble([sts, iam])
        router = registry.operations
        messages = registry.authorizationMessages
        credentials = try #require(registry.credentialSources.first)
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a role in IAM and returns its identifier.
    func makeRole(_ name: String, path: String = "/", seconds: Int? = nil) async throws -> String {
        let trust = """
            {"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}
            """
        return try await call(
            IAMAPI.createRole,
            CreateRoleRequest(
                path: path, roleName: name, assumeRolePolicyDocument: trust,
                maxSessionDuration: seconds)
        ).role.roleId
    }

    /// Makes a session of a role of the account.
    func assume(
        _ role: String = "role/made-up", in context: RequestContext? = nil,
        _ change: (inout AssumeRoleRequest) -> Void = { _ in }
    ) async throws -> AssumeRoleResponse {
        var request = AssumeRoleRequest(
            roleArn: "arn:aws:iam::\(TestCloud.account):\(role)", roleSessionName: "me")
        change(&request)
        return try await call(STSAPI.assumeRole, request, in: context)
    }

    /// What the gateway learns of credentials.
    func credential(of credentials: Credentials) async throws -> Credential? {
        try await self.credentials.credential(
            accessKeyID: credentials.accessKeyId, sessionToken: credentials.sessionToken)
    }
}
