import Jobs
import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// The secrets, their versions and what is owed to them.
struct SecretStore: Sendable {
    let database: any Database
    let jobs: JobQueue
    let cipher: SecretCipher
    let clock: any Clock
    let randomness: any Randomness

    /// The secret that `id` names.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func find(_ id: String, in context: RequestContext) async throws -> SecretRecord {
        let reference = SecretReference(id, in: context)
        return try await database.read { try $0.existingSecret(reference) }
    }

    /// The value of a version.
    ///
    /// - Throws: `ResourceNotFoundException` where it has none.
    func value(
        of version: String, _ secret: SecretRecord, in context: RequestContext
    ) async throws -> SecretValue? {
        let arn = secret.arn
        guard let sealed = try await database.read({ try $0.sealedValue(of: version, arn) }) else {
            return nil
        }
        return try await cipher.decrypt(sealed, arn: arn, version: version, in: context)
    }

    /// Changes a secret as it is found, in a transaction; its replicas follow.
    ///
    /// - Throws: `ResourceNotFoundException`, `InvalidParameterException` for a replica, and what `change` throws.
    @discardableResult
    func update(
        _ id: String, in context: RequestContext,
        _ change: @escaping @Sendable (inout SecretRecord, any WriteTransaction) throws -> Void
    ) async throws -> SecretRecord {
        let reference = SecretReference(id, in: context)
        return try await database.write { [jobs, clock] transaction in
            var secret = try transaction.existingSecret(reference)
            try secret.requirePrimary()
            try change(&secret, transaction)
            secret.changed = clock.now
            try transaction.put(secret)
            try Replication.enqueue(secret, on: jobs, in: transaction)
            return secret
        }
    }

    /// Puts a value as the version that `token` names. To do it again with the same value changes nothing.
    ///
    /// - Parameter stages: what is attached to the version; `AWSCURRENT` in any case to the first one with a value.
    /// - Throws: `ResourceExistsException` where the version has another value.
    @discardableResult
    func put(
        _ value: SecretValue, token: String, stages: [String], into secret: SecretRecord,
        in context: RequestContext,
        _ change: @escaping @Sendable (inout SecretRecord) -> Void = { _ in }
    ) async throws -> [String] {
        let arn = secret.arn
        if let existing = try await self.value(of: token, secret, in: context) {
            guard existing == value else { throw SecretFailure.tokenInUse(token, of: arn) }
            return try await database.read { try $0.stages(of: arn)[token] ?? [] }
        }
        var changed = secret
        change(&changed)
        let keyID = changed.kmsKeyID
        let sealed = try await cipher.encrypt(
            value, keyID: keyID, arn: arn, version: token, in: context)
        return try await database.write { [jobs, clock] transaction in
            guard var secret = try transaction.secret(arn: arn) else {
                throw SecretFailure.notFound
            }
            try secret.requireAlive()
            guard try transaction.sealedValue(of: token, arn) == nil else {
                throw SecretFailure.tokenInUse(token, of: arn)
            }
            try transaction.putVersion(
                token, of: arn, sealed: sealed, isBinary: value.isBinary, kmsKeyID: keyID,
                now: clock.now)
            var stages = stages
            if try transaction.version(with: "AWSCURRENT", of: arn) == nil,
                !stages.contains("AWSCURRENT")
            {
                stages.append("AWSCURRENT")
            }
            for stage in stages { try transaction.attach(stage, to: token, of: arn) }
            try transaction.dropDeprecatedVersions(of: arn)
            change(&secret)
            secret.changed = clock.now
            try transaction.put(secret)
            try Replication.enqueue(secret, on: jobs, in: transaction)
            return stages
        }
    }
}
