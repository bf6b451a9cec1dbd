import Logging
import Platform
import STSModel
import Sandbox
import ServiceKit
import Wire

/// Takes on functions' roles, as Lambda does, for the credentials that functions act with.
struct FunctionRole: Sendable {
    /// Who Lambda is to other services.
    static let lambda = Principal.service("lambda.amazonaws.com")

    let caller: ServiceCaller
    let randomness: any Randomness

    /// Credentials of a role's session, and when they end.
    struct Session: Sendable {
        let credentials: FunctionCredentials
        let expiration: Instant
        let principal: Principal
    }

    /// A session of `role`, named after the function.
    ///
    /// - Throws: the error of `AssumeRole`.
    func session(
        of role: String, for key: FunctionKey, in context: RequestContext
    ) async throws -> Session {
        var context = context.acting(as: Self.lambda, requestID: randomness.uuid())
        context.account = key.account
        // A session's name has two characters at least; a function's may have one.
        let name = key.name.utf8.count > 1 ? key.name : "\(key.name)-"
        let response = try await caller.call(
            STSAPI.assumeRole, AssumeRoleRequest(roleArn: role, roleSessionName: name), in: context)
        guard let credentials = response.credentials else { throw CommonError.internalFailure }
        let roleID = response.assumedRoleUser?.assumedRoleId.prefix { $0 != ":" }
        let roleName = role[
            (role.lastIndex(of: "/").map { role.index(after: $0) } ?? role.startIndex)...]
        return Session(
            credentials: FunctionCredentials(
                accessKeyID: credentials.accessKeyId,
                secretAccessKey: credentials.secretAccessKey,
                sessionToken: credentials.sessionToken),
            expiration: credentials.expiration,
            principal: .assumedRole(
                account: key.account, role: String(roleName), roleID: roleID.map(String.init) ?? "",
                session: name))
    }

    /// The context of what is done on a function's behalf: as a session of its role.
    ///
    /// - Throws: the error of `AssumeRole`.
    func acting(
        as role: String, for key: FunctionKey, in context: RequestContext
    ) async throws -> RequestContext {
        let session = try await session(of: role, for: key, in: context)
        return context.acting(
            as: session.principal, requestID: randomness.uuid(), for: ARN(key.arn))
    }

    /// Checks that a function may have a role.
    ///
    /// - Throws: `AccessDeniedException` for another account's role, `InvalidParameterValueException` for one that Lambda may not take
    ///   on.
    func check(_ role: String, for key: FunctionKey, in context: RequestContext) async throws {
        guard ARN(role)?.account == key.account else {
            throw CommonError.accessDenied("Cross-account pass role is not allowed.")
        }
        do {
            _ = try await session(of: role, for: key, in: context)
        } catch let error as AWSError where error.fault == .client {
            context.logger.debug("a role is refused", metadata: ["error": "\(error)"])
            throw LambdaRefusal.invalidParameter(
                "The role defined for the function cannot be assumed by Lambda.")
        }
    }
}
