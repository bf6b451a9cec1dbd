import Blobs
import CloudWatchLogs
import FoundationEssentials
import HTTPTypes
import LambdaModel
import Logging
import NIOCore
import Platform
import S3Model
import STSModel
import Sandbox
import ServiceKit
import Storage
import Synchronization
import TestKit
import Testing
import Wire

@testable import Lambda

/// Lambda and CloudWatch Logs in a test's process, over a host that does what the test says.
final class LambdaCloud: Sendable {
    static let roleARN = "arn:aws:iam::\(TestCloud.account):role/worker"

    let cloud = TestCloud()
    let host = ScriptedHost()
    let roles = RoleGiver()
    let logs: LambdaLogSink
    let lambda: LambdaService
    let registry: ServiceRegistry
    let blobs: FileBlobStore
    /// What was delivered to queues and buses.
    let inbox = Inbox()
    let queue = FakeQueue()
    let stream = FakeTableStream()
    let directory: String

    init() async throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/apus-lambda-\(SystemRandomness().uuid())"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        blobs = try await FileBlobStore(
            directory: "\(directory)/blobs", isDurable: false, clock: cloud.clock,
            randomness: SystemRandomness())
        logs = LambdaLogSink(cloud.dependencies)
        lambda = LambdaService(
            cloud.dependencies,
            database: try await cloud.database("lambda", migrations: LambdaService.migrations),
            blobs: blobs, host: host, logs: logs, codeDirectory: "\(directory)/code",
            allowsSourceDirectories: true,
            endpointURL: { "http://127.0.0.1:4566" })
        let logsService = CloudWatchLogsService(
            cloud.dependencies,
            database: try await cloud.database("logs", migrations: CloudWatchLogsService.migrations)
        )
        registry = cloud.assemble([lambda, logsService, roles, inbox, queue, stream, CodeBucket()])
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a function.
    @discardableResult
    func create(
        _ name: String = "orders", zip: [UInt8] = ZipFixture(["app.py": "code"]).bytes,
        in context: RequestContext? = nil,
        _ change: (inout CreateFunctionRequest) -> Void = { _ in }
    ) async throws -> FunctionConfiguration {
        var request = CreateFunctionRequest(
            functionName: name, runtime: "python3.12", role: Self.roleARN, handler: "app.handler",
            code: FunctionCode(zipFile: zip))
        change(&request)
        return try await call(LambdaAPI.createFunction, request, in: context)
    }

    func invoke(
        _ name: String = "orders", _ payload: String = "{}", in context: RequestContext? = nil,
        _ change: (inout InvocationRequest) -> Void = { _ in }
    ) async throws -> InvocationResponse {
        var request = InvocationRequest(functionName: name, payload: Array(payload.utf8))
        change(&request)
        return try await call(LambdaAPI.invoke, request, in: context)
    }

    /// Does `body` while the service does its background work.
    func whileRunning<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await self.lambda.run()
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Lets the background work on until `condition` holds.
    func eventually(_ condition: () async throws -> Bool) async {
        while (try? await condition()) != true { await Task.yield() }
    }

    /// Sends a request to a function URL.
    func request(
        _ id: String, _ method: String = "GET", path: String = "/", query: String = "",
        headers: [String: String] = [:], body: String = "", as principal: Principal = .anonymous
    ) async throws -> WireResponse {
        var request = WireRequest(
            method: .init(rawValue: method)!, path: path, query: query, body: Body(text: body))
        for (name, value) in headers { request.headers[.init(name)!] = value }
        let site = try #require(registry.sites[.functionURL])
        return try await site.respond(
            to: request, at: HostedAddress(kind: .functionURL, id: id, path: path),
            in: cloud.context(as: principal))
    }
}

extension Body {
    /// The body as text.
    var text: String {
        get async throws { String(buffer: try await collect(upTo: 1 << 24)) }
    }
}

/// A host that answers what a test says, and remembers what it was asked.
final class ScriptedHost: FunctionHost {
    typealias Script = @Sendable (Invocation, FunctionDeployment) async throws -> InvocationResult

    private struct State {
        var script: Script = { invocation, _ in .success(invocation.payload) }
        var invocations: [(Invocation, FunctionDeployment)] = []
        var retired: [String] = []
        var kept: [String: Int] = [:]
        var expected: [String] = []
    }

    private let state = Mutex(State())

    let availableRuntimes: Set<String> = ["python3.12"]

    func script(_ script: @escaping Script) { state.withLock { $0.script = script } }

    var invocations: [(Invocation, FunctionDeployment)] { state.withLock { $0.invocations } }
    var retired: [String] { state.withLock { $0.retired } }
    /// How many environments are kept, by deployment.
    var kept: [String: Int] { state.withLock { $0.kept } }

    func keepWarm(_ count: Int, of deployment: FunctionDeployment) async throws {
        state.withLock { $0.kept[deployment.id] = count == 0 ? nil : count }
    }

    func invoke(
        _ invocation: Invocation, of deployment: FunctionDeployment
    ) async throws -> InvocationResult {
        let script = state.withLock { state in
            state.invocations.append((invocation, deployment))
            return state.script
        }
        return try await script(invocation, deployment)
    }

    /// The runtimes that functions were expected of, in order.
    var expected: [String] { state.withLock { $0.expected } }

    func expect(runtime: String) { state.withLock { $0.expected.append(runtime) } }

    func retire(deploymentID: String) async {
        state.withLock { $0.retired.append(deploymentID) }
    }
}

extension InvocationResult {
    static func success(_ payload: [UInt8]) -> InvocationResult {
        InvocationResult(
            outcome: .success, payload: payload, logTail: Array("START\nEND\n".utf8),
            duration: .milliseconds(1))
    }

    static func success(_ text: String) -> InvocationResult { success(Array(text.utf8)) }

    static func failure(_ message: String) -> InvocationResult {
        var result = success(#"{"errorMessage":"\#(message)","errorType":"ValueError"}"#)
        result.outcome = .failure
        return result
    }
}

/// STS as Lambda sees it: gives credentials for an hour, and refuses a role called `refused`.
struct RoleGiver: ApusService {
    let sessions = Counter()

    func register(with registry: inout ServiceRegistry) {
        registry.operations.register(Handler(sessions: sessions))
    }

    func run() async throws {}

    private struct Handler: OperationHandler {
        static let operation = STSAPI.assumeRole
        let sessions: Counter

        func access(
            for input: AssumeRoleRequest, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }

        func handle(
            _ input: AssumeRoleRequest, in context: RequestContext
        ) async throws -> AssumeRoleResponse {
            guard !input.roleArn.hasSuffix("/refused") else {
                throw AWSError("AccessDenied", "no", status: 403)
            }
            let number = sessions.next()
            return AssumeRoleResponse(
                credentials: Credentials(
                    accessKeyId: "ASIA\(number)", secretAccessKey: "secret", sessionToken: "token",
                    expiration: context.time + .seconds(3600)))
        }
    }
}

/// Queues and event buses that keep what they are given.
final class Inbox: ApusService, DeliveryTarget {
    struct Entry: Sendable {
        let event: DeliveryEvent
        let arn: ARN
        let context: RequestContext
    }

    private let state = Mutex<[Entry]>([])

    var entries: [Entry] { state.withLock { $0 } }

    func register(with registry: inout ServiceRegistry) {
        registry.accept(arnsOf: "sqs", by: self)
        registry.accept(arnsOf: "events", by: self)
    }

    func run() async throws {}

    func deliver(_ event: DeliveryEvent, to arn: ARN, in context: RequestContext) async throws {
        state.withLock { $0.append(Entry(event: event, arn: arn, context: context)) }
    }
}

/// S3 as Lambda sees it: a bucket `code` with a package, a bucket `closed`, and no others.
struct CodeBucket: ApusService {
    static let zip = ZipFixture(["app.py": "from S3"]).bytes

    func register(with registry: inout ServiceRegistry) { registry.operations.register(Handler()) }

    func run() async throws {}

    private struct Handler: OperationHandler {
        static let operation = S3API.getObject

        func access(
            for input: GetObjectRequest, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }

        func handle(
            _ input: GetObjectRequest, in context: RequestContext
        ) async throws -> GetObjectOutput {
            switch input.bucket {
            case "code": return GetObjectOutput(body: Body(CodeBucket.zip))
            case "closed": throw AWSError("AccessDenied", "Access Denied", status: 403)
            default:
                throw AWSError(
                    "NoSuchBucket", "The specified bucket does not exist", status: 404)
            }
        }
    }
}

final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
