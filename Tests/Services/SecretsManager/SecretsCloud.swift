import KMS
import LambdaModel
import Platform
import SecretsManager
import SecretsManagerModel
import ServiceKit
import Storage
import Synchronization
import TestKit
import Wire

/// Secrets Manager in a test's process, with the KMS that it encrypts through and a stand-in for Lambda.
struct SecretsCloud {
    let cloud = TestCloud()
    let service: SecretsManagerService
    let database: any Database
    let lambda: RotationFunction

    init() async throws {
        database = try await cloud.database(
            "secretsmanager", migrations: SecretsManagerService.migrations)
        service = SecretsManagerService(cloud.dependencies, database: database)
        let kms = KMSService(
            cloud.dependencies,
            database: try await cloud.database("kms", migrations: KMSService.migrations))
        lambda = RotationFunction(cloud)
        cloud.assemble([service, kms, lambda])
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    @discardableResult
    func create(
        _ name: String, _ value: String? = "v1",
        _ change: (inout CreateSecretRequest) -> Void = { _ in }
    ) async throws -> CreateSecretResponse {
        var request = CreateSecretRequest(name: name, secretString: value)
        change(&request)
        return try await call(SecretsManagerAPI.createSecret, request)
    }

    func get(
        _ id: String, version: String? = nil, stage: String? = nil,
        in context: RequestContext? = nil
    ) async throws -> GetSecretValueResponse {
        try await call(
            SecretsManagerAPI.getSecretValue,
            GetSecretValueRequest(secretId: id, versionId: version, versionStage: stage),
            in: context)
    }

    @discardableResult
    func put(
        _ id: String, _ value: String, token: String? = nil, stages: [String]? = nil
    ) async throws -> PutSecretValueResponse {
        try await call(
            SecretsManagerAPI.putSecretValue,
            PutSecretValueRequest(
                secretId: id, clientRequestToken: token, secretString: value,
                versionStages: stages))
    }

    func describe(
        _ id: String, in context: RequestContext? = nil
    ) async throws -> DescribeSecretResponse {
        try await call(
            SecretsManagerAPI.describeSecret, DescribeSecretRequest(secretId: id), in: context)
    }

    /// Runs the service's own work, moves the clock, and waits until `isDone`.
    func withWork(
        _ duration: Duration = .zero, until isDone: @escaping @Sendable () async throws -> Bool
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await service.run() }
            if duration > .zero {
                await cloud.clock.waitForSleepers(1)
                cloud.clock.advance(by: duration)
            }
            while try await !isDone() { await Task.yield() }
            group.cancelAll()
        }
    }
}

/// Stands in for Lambda: a rotation function, whose steps do what AWS's template does.
final class RotationFunction: ApusService {
    private struct State: Sendable {
        var steps: [String] = []
        var failures = 0
    }

    private let state = Mutex(State())
    private let cloud: TestCloud

    init(_ cloud: TestCloud) {
        self.cloud = cloud
    }

    /// The steps that were asked for.
    var steps: [String] { state.withLock { $0.steps } }

    /// Makes the next `count` invocations fail.
    func fail(_ count: Int) { state.withLock { $0.failures = count } }

    func register(with registry: inout ServiceRegistry) {
        registry.operations.register(Handler(function: self))
    }

    func run() async throws {}

    private struct Handler: OperationHandler {
        static let operation = LambdaAPI.invoke
        let function: RotationFunction

        func access(for input: InvocationRequest, in context: RequestContext) -> [AccessRequest] {
            []
        }

        func handle(
            _ input: InvocationRequest, in context: RequestContext
        ) async throws -> InvocationResponse {
            guard input.functionName.hasSuffix("rotate") else {
                throw LambdaError.resourceNotFoundException("Function not found")
            }
            if input.invocationType == "DryRun" { return InvocationResponse(statusCode: 204) }
            let event = try Document(json: input.payload ?? [])
            let step = event["Step"]?.stringValue ?? ""
            let fails = function.state.withLock { state in
                state.steps.append(step)
                state.failures -= 1
                return state.failures >= 0
            }
            if fails { return InvocationResponse(statusCode: 200, functionError: "Unhandled") }
            try await function.perform(
                step, event["SecretId"]?.stringValue ?? "",
                event["ClientRequestToken"]?.stringValue ?? "")
            return InvocationResponse(statusCode: 200, payload: Array("null".utf8))
        }
    }

    private func perform(_ step: String, _ arn: String, _ token: String) async throws {
        switch step {
        case "createSecret":
            _ = try await cloud.call(
                SecretsManagerAPI.putSecretValue,
                PutSecretValueRequest(
                    secretId: arn, clientRequestToken: token, secretString: "rotated \(token)",
                    versionStages: ["AWSPENDING"]))
        case "finishSecret":
            let secret = try await cloud.call(
                SecretsManagerAPI.describeSecret, DescribeSecretRequest(secretId: arn))
            let current = secret.versionIdsToStages?.first { $0.value.contains("AWSCURRENT") }?.key
            _ = try await cloud.call(
                SecretsManagerAPI.updateSecretVersionStage,
                UpdateSecretVersionStageRequest(
                    secretId: arn, versionStage: "AWSCURRENT", removeFromVersionId: current,
                    moveToVersionId: token))
        default: return
        }
    }
}
