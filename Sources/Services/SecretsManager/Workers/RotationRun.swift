import Jobs
import LambdaModel
import Logging
import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// A rotation: the four steps of a secret's Lambda function.
///
/// Source: "Rotation by Lambda function" in the Secrets Manager User Guide.
struct RotationRun: Sendable {
    private static let kind = "rotate-secret"
    private static let steps = ["createSecret", "setSecret", "testSecret", "finishSecret"]

    let store: SecretStore
    let background: BackgroundContext

    /// Begins a rotation: the version that it makes has the stage `AWSPENDING` and no value yet.
    ///
    /// - Parameter isTest: whether only the step `testSecret` is done, and the version goes afterwards.
    static func begin(
        _ token: String, of secret: inout SecretRecord, isTest: Bool, on jobs: JobQueue,
        now: Instant, in transaction: any WriteTransaction
    ) throws {
        if try !transaction.versions(of: secret.arn).contains(where: { $0.id == token }) {
            try transaction.putVersion(
                token, of: secret.arn, sealed: nil, isBinary: false, kmsKeyID: nil, now: now)
        }
        try transaction.attach("AWSPENDING", to: token, of: secret.arn)
        secret.rotation.pendingVersion = isTest ? nil : token
        let payload: Document = [
            "arn": .string(secret.arn), "token": .string(token), "test": .boolean(isTest),
        ]
        try jobs.enqueue(
            kind, payload: payload.json(), key: secret.arn, replacing: true, in: transaction)
    }

    /// Owes no rotation any more.
    static func cancel(
        _ arn: String, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.cancel(kind, key: arn, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(
            kind: Self.kind,
            retries: RetryPolicy(maximumAttempts: SecretsManagerLimits.rotationAttempts),
            run: { leased in
                guard let payload = try? Document(json: leased.job.payload),
                    let arn = payload["arn"]?.stringValue, let token = payload["token"]?.stringValue
                else { preconditionFailure("a rotation that nobody enqueued") }
                let isTest = payload["test"]?.booleanValue == true
                return try await run(arn, token, isTest: isTest, leased)
            })
    }

    private func run(
        _ arn: String, _ token: String, isTest: Bool, _ leased: LeasedJob
    ) async throws -> JobOutcome {
        let secret = try await store.database.read { try $0.secret(arn: arn) }
        guard let secret, secret.deletion == nil, let function = secret.rotation.function else {
            return .done
        }
        for step in isTest ? ["testSecret"] : Self.steps {
            if let failure = await invoke(function, step, token, for: secret), !isTest {
                background.logger.warning(
                    "a rotation failed",
                    metadata: ["secret": "\(arn)", "step": "\(step)", "error": "\(failure)"])
                return .retry(reason: "\(step): \(failure)")
            }
        }
        return try await finish(arn, token, isTest: isTest, leased)
    }

    /// What went wrong, without what the function answered, which may hold a secret; `nil` where nothing did.
    private func invoke(
        _ function: String, _ step: String, _ token: String, for secret: SecretRecord
    ) async -> String? {
        let event: Document = [
            "SecretId": .string(secret.arn), "ClientRequestToken": .string(token),
            "Step": .string(step),
        ]
        let request = InvocationRequest(functionName: function, payload: event.json())
        do {
            let answer = try await store.cipher.caller.call(
                LambdaAPI.invoke, request, in: background.service(for: secret))
            return answer.functionError.map { "the function failed: \($0)" }
        } catch let error as AWSError {
            return "\(error.code): \(error.message)"
        } catch {
            return "the function could not be invoked"
        }
    }

    private func finish(
        _ arn: String, _ token: String, isTest: Bool, _ leased: LeasedJob
    ) async throws -> JobOutcome {
        let isDone = try await store.database.write { [store] transaction in
            guard var secret = try transaction.secret(arn: arn) else {
                try leased.complete(in: transaction)
                return true
            }
            let pending = try transaction.version(with: "AWSPENDING", of: arn)
            if isTest {
                if pending == token { try transaction.detach("AWSPENDING", of: arn) }
                try transaction.execute(
                    "DELETE FROM versions WHERE arn = ? AND id = ? AND value IS NULL", arn, token)
                try leased.complete(in: transaction)
                return true
            }
            let current = try transaction.version(with: "AWSCURRENT", of: arn)
            guard pending == nil || pending == current else { return false }
            secret.rotation.pendingVersion = nil
            secret.rotated = store.clock.now
            try transaction.put(secret)
            try Replication.enqueue(secret, on: store.jobs, in: transaction)
            try leased.complete(in: transaction)
            return true
        }
        return isDone ? .done : .retry(reason: "finishSecret left AWSPENDING where it was")
    }
}
