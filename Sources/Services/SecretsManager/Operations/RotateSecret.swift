import LambdaModel
import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Sets how a secret is rotated, and rotates it.
///
/// Source: API_RotateSecret in the Secrets Manager API Reference.
struct RotateSecret: OperationHandler {
    static let operation = SecretsManagerAPI.rotateSecret
    let store: SecretStore
    let background: BackgroundContext

    func access(
        for input: RotateSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = [
            "secretsmanager:RotateImmediately": ["\(input.rotateImmediately ?? true)"]
        ]
        conditions["secretsmanager:RotationLambdaARN"] = input.rotationLambdaARN.map { [$0] }
        return [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:RotateSecret", on: input.secretId, in: context, conditions)
        ]
    }

    func handle(
        _ input: RotateSecretRequest, in context: RequestContext
    ) async throws -> RotateSecretResponse {
        guard input.externalSecretRotationMetadata == nil,
            input.externalSecretRotationRoleArn == nil
        else {
            throw CommonError.notServed(
                operation: "RotateSecret of external secrets", service: "SecretsManager")
        }
        let rules = input.rotationRules
        _ = try RotationSchedule(
            days: rules?.automaticallyAfterDays, schedule: rules?.scheduleExpression)
        let secret = try await store.find(input.secretId, in: context)
        try secret.requirePrimary()
        try secret.requireAlive()
        guard let function = input.rotationLambdaARN ?? secret.rotation.function else {
            throw SecretFailure.request(
                "No Lambda rotation function ARN is associated with this secret.")
        }
        try await checkCanInvoke(function, for: secret)
        let token = input.clientRequestToken ?? store.randomness.uuid()
        let isImmediate = input.rotateImmediately ?? true
        try await store.update(secret.arn, in: context) { [store] secret, transaction in
            try secret.requireAlive()
            try Self.checkNoneIsUnderWay(token, secret, in: transaction)
            secret.rotation.isEnabled = true
            secret.rotation.function = function
            if let rules {
                secret.rotation.days = rules.automaticallyAfterDays
                secret.rotation.schedule = rules.scheduleExpression
                secret.rotation.duration = rules.duration
            }
            try RotationTimer.set(
                for: &secret, after: store.clock.now, on: store.jobs, in: transaction)
            try RotationRun.begin(
                token, of: &secret, isTest: !isImmediate, on: store.jobs, now: store.clock.now,
                in: transaction)
        }
        return RotateSecretResponse(arn: secret.arn, name: secret.name, versionId: token)
    }

    private static func checkNoneIsUnderWay(
        _ token: String, _ secret: SecretRecord, in transaction: any WriteTransaction
    ) throws {
        let pending = try transaction.version(with: "AWSPENDING", of: secret.arn)
        let current = try transaction.version(with: "AWSCURRENT", of: secret.arn)
        guard pending == nil || pending == current || pending == token else {
            throw SecretFailure.request(
                "A previous rotation isn't complete. That rotation will be reattempted.")
        }
    }

    /// Asks Lambda whether Secrets Manager may invoke the function.
    private func checkCanInvoke(_ function: String, for secret: SecretRecord) async throws {
        let request = InvocationRequest(functionName: function, invocationType: "DryRun")
        do {
            _ = try await store.cipher.caller.call(
                LambdaAPI.invoke, request, in: background.service(for: secret))
        } catch let error as AWSError where error.status < 500 {
            throw AWSError(
                "AccessDeniedException",
                "Secrets Manager cannot invoke the specified Lambda function. Ensure that the "
                    + "function policy grants access to the principal "
                    + "secretsmanager.amazonaws.com.")
        }
    }
}
