import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Marks a secret for deletion, from which it can be restored for a while, or deletes it at once.
///
/// Source: API_DeleteSecret in the Secrets Manager API Reference.
struct DeleteSecret: OperationHandler {
    static let operation = SecretsManagerAPI.deleteSecret
    let store: SecretStore

    func access(
        for input: DeleteSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = [
            "secretsmanager:ForceDeleteWithoutRecovery": [
                "\(input.forceDeleteWithoutRecovery ?? false)"
            ]
        ]
        conditions["secretsmanager:RecoveryWindowInDays"] = input.recoveryWindowInDays.map {
            ["\($0)"]
        }
        return [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:DeleteSecret", on: input.secretId, in: context, conditions)
        ]
    }

    func handle(
        _ input: DeleteSecretRequest, in context: RequestContext
    ) async throws -> DeleteSecretResponse {
        let isForced = input.forceDeleteWithoutRecovery ?? false
        let days = input.recoveryWindowInDays ?? SecretsManagerLimits.defaultRecoveryDays
        guard SecretsManagerLimits.recoveryDays.contains(days) else {
            throw SecretFailure.parameter(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
        }
        guard !isForced || input.recoveryWindowInDays == nil else {
            throw SecretFailure.parameter(
                "You can't use ForceDeleteWithoutRecovery in conjunction with "
                    + "RecoveryWindowInDays.")
        }
        let now = store.clock.now
        let end = isForced ? now : now + .seconds(days * 86_400)
        let reference = SecretReference(input.secretId, in: context)
        let deleted = try await store.database.write { [store] transaction -> SecretRecord? in
            guard var secret = try transaction.secret(reference) else { return nil }
            try Self.check(secret, named: input.secretId, isForced: isForced, in: transaction)
            if isForced {
                try transaction.delete(secret.arn)
            } else {
                secret.deletion = end
                try transaction.put(secret)
            }
            try SecretDeletion.set(
                isForced ? nil : end, for: secret.arn, on: store.jobs, in: transaction)
            return secret
        }
        guard let deleted else {
            guard isForced else { throw SecretFailure.notFound }
            // To delete at once what is not there is no error.
            return DeleteSecretResponse(
                arn: reference.arn
                    ?? SecretName.arn(
                        of: reference.name, in: context, randomness: store.randomness),
                name: reference.name, deletionDate: now)
        }
        return DeleteSecretResponse(arn: deleted.arn, name: deleted.name, deletionDate: end)
    }

    private static func check(
        _ secret: SecretRecord, named id: String, isForced: Bool,
        in transaction: any WriteTransaction
    ) throws {
        try secret.requirePrimary()
        guard isForced || secret.deletion == nil else {
            throw SecretFailure.request(
                "You can't perform this operation on the secret because it was already scheduled "
                    + "for deletion.")
        }
        let regions = try transaction.replicas(of: secret.arn).compactMap(\.region)
        guard regions.isEmpty else {
            throw SecretFailure.parameter(
                "You can't delete secret \(id) that still has replica regions "
                    + "[\(regions.joined(separator: ", "))]")
        }
    }
}
