import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Reads values of secrets, and remembers the day.
struct SecretReader: Sendable {
    let store: SecretStore

    /// A value that was read.
    struct Result: Sendable {
        var secret: SecretRecord
        var version: VersionRecord
        var value: SecretValue
    }

    /// The value of a version, of the one with a stage, or of the current one.
    ///
    /// - Throws: `ResourceNotFoundException`, `InvalidRequestException`, `DecryptionFailure`.
    func read(
        _ id: String, version wanted: String?, stage: String?, in context: RequestContext
    ) async throws -> Result {
        let secret = try await store.find(id, in: context)
        try secret.requireAlive()
        let versions = try await store.database.read { try $0.versions(of: secret.arn) }
        let version: VersionRecord
        if let wanted {
            guard let found = versions.first(where: { $0.id == wanted && $0.hasValue }) else {
                throw SecretFailure.noVersion(wanted)
            }
            guard stage.map(found.stages.contains) ?? true else {
                throw SecretFailure.request(
                    "You provided a VersionStage that is not associated to the provided VersionId.")
            }
            version = found
        } else {
            let stage = stage ?? "AWSCURRENT"
            let staged = versions.first { $0.stages.contains(stage) && $0.hasValue }
            guard let staged else { throw SecretFailure.noValue(for: stage) }
            version = staged
        }
        guard let value = try await store.value(of: version.id, secret, in: context) else {
            throw SecretFailure.noVersion(version.id)
        }
        try await note(secret, version)
        return Result(secret: secret, version: version, value: value)
    }

    /// Notes the day of the reading: AWS tells no time, and once a day is little to write.
    private func note(_ secret: SecretRecord, _ version: VersionRecord) async throws {
        let seconds = store.clock.now.seconds
        let today = Instant(seconds: seconds - seconds % 86_400)
        guard secret.accessed != today || version.accessed != today else { return }
        try await store.database.write { transaction in
            try transaction.execute(
                "UPDATE secrets SET accessed = ? WHERE arn = ?", today, secret.arn)
            try transaction.execute(
                "UPDATE versions SET accessed = ? WHERE arn = ? AND id = ?", today, secret.arn,
                version.id)
        }
    }
}
