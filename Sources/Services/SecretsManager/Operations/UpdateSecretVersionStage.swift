import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Attaches a stage to a version, moves it, or takes it away.
///
/// Source: API_UpdateSecretVersionStage in the Secrets Manager API Reference.
struct UpdateSecretVersionStage: OperationHandler {
    static let operation = SecretsManagerAPI.updateSecretVersionStage
    let store: SecretStore

    func access(
        for input: UpdateSecretVersionStageRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:UpdateSecretVersionStage", on: input.secretId, in: context,
                ["secretsmanager:VersionStage": [input.versionStage]])
        ]
    }

    func handle(
        _ input: UpdateSecretVersionStageRequest, in context: RequestContext
    ) async throws -> UpdateSecretVersionStageResponse {
        let secret = try await store.update(input.secretId, in: context) { secret, transaction in
            try secret.requireAlive()
            let stage = input.versionStage
            let former = try transaction.version(with: stage, of: secret.arn)
            try Self.check(input, former: former)
            guard let target = input.moveToVersionId else {
                try transaction.detach(stage, of: secret.arn)
                return
            }
            let versions = try transaction.versions(of: secret.arn)
            guard let version = versions.first(where: { $0.id == target }) else {
                throw SecretFailure.noVersion(target)
            }
            guard version.stages.count < SecretsManagerLimits.stages else {
                throw SecretsManagerError.limitExceededException(
                    "A version can have no more than \(SecretsManagerLimits.stages) staging labels."
                )
            }
            try transaction.attach(stage, to: target, of: secret.arn)
        }
        return UpdateSecretVersionStageResponse(arn: secret.arn, name: secret.name)
    }

    private static func check(_ input: UpdateSecretVersionStageRequest, former: String?) throws {
        let stage = input.versionStage
        guard input.moveToVersionId != nil || input.removeFromVersionId != nil else {
            throw SecretFailure.parameter(
                "You must specify at least one of the parameters MoveToVersionId and "
                    + "RemoveFromVersionId.")
        }
        if let source = input.removeFromVersionId {
            guard former == source else {
                throw SecretFailure.parameter(
                    "The staging label \(stage) is not attached to version \(source).")
            }
            guard stage != "AWSCURRENT" || input.moveToVersionId != nil else {
                throw SecretFailure.parameter(
                    "You can't remove the staging label AWSCURRENT from version \(source). You "
                        + "can only move it to another version.")
            }
        } else if let former, former != input.moveToVersionId {
            throw SecretFailure.parameter(
                "The parameter RemoveFromVersionId can't be empty. Staging label \(stage) is "
                    + "currently attached to version \(former), so you must explicitly reference "
                    + "that version in RemoveFromVersionId.")
        }
    }
}
