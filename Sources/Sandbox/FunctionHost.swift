package import Platform

/// Runs functions: one execution environment for each event that is served at the same time.
///
/// Lambda decides *whether* an event may run (throttling, permissions, retries); a host decides *where* it
/// runs, and keeps warm environments for the next event.
package protocol FunctionHost: Sendable {
    /// Runs one event in a free environment of `deployment`, starting one where none is free, and returns
    /// what the function answered.
    ///
    /// A function that fails, times out or crashes is an answer, not an error.
    ///
    /// - Throws: `FunctionHostError` when no environment could be started at all.
    func invoke(_ invocation: Invocation, of deployment: FunctionDeployment) async throws
        -> InvocationResult

    /// Events for functions of this runtime may come: gets ready for the first of them in the background.
    func expect(runtime: String)

    /// Ends every environment of the deployment with this `id`; those that serve an event end after it.
    func retire(deploymentID: String) async

    /// Keeps so many environments of a deployment started, however long they are idle; 0 lets them go as others do.
    /// Returns once they have started.
    ///
    /// - Throws: `FunctionHostError` when they could not all be started: `initFailed` where the function itself
    ///   cannot.
    func keepWarm(_ count: Int, of deployment: FunctionDeployment) async throws

    /// The runtimes that can be run on this machine, each by its Lambda identifier (`python3.12`).
    var availableRuntimes: Set<String> { get }
}

/// One version of a function, ready to run. Two deployments with the same `id` are the same in every field.
package struct FunctionDeployment: Sendable {
    /// Names the deployment for reuse of warm environments; differs whenever code or configuration differs.
    package var id: String
    /// The name of the function, such as `orders`.
    package var functionName: String
    /// The version, `$LATEST` or a number.
    package var functionVersion: String
    package var accountID: String
    package var region: String
    /// A Lambda runtime identifier: `python3.12`, `nodejs22.x`, `provided.al2023`.
    package var runtime: String
    /// `module.function`; unused by `provided` runtimes.
    package var handler: String
    /// A host directory with the unpacked code, shown read-only at /var/task.
    package var codeDirectory: String
    /// Host directories, lowest layer first, merged read-only at /opt.
    package var layerDirectories: [String]
    /// The variables that the function's owner set. The host adds those that AWS reserves.
    package var environment: [String: String]
    package var memoryMiB: Int
    package var timeout: Duration
    /// The size limit of /tmp.
    package var ephemeralStorageMiB: Int
    package var logGroup: String
    /// How its log is written.
    package var logging = FunctionLogging()
    /// The credentials that the function acts with.
    package var credentials: FunctionCredentials
    /// Where the function reaches Apus, as `AWS_ENDPOINT_URL`: `http://host:port`.
    package var endpointURL: String

    package init(
        id: String, functionName: String, functionVersion: String, accountID: String,
        region: String, runtime: String, handler: String, codeDirectory: String,
        layerDirectories: [String] = [], environment: [String: String] = [:], memoryMiB: Int = 128,
        timeout: Duration = .seconds(3), ephemeralStorageMiB: Int = 512, logGroup: String,
        credentials: FunctionCredentials, endpointURL: String
    ) {
        self.id = id
        self.functionName = functionName
        self.functionVersion = functionVersion
        self.accountID = accountID
        self.region = region
        self.runtime = runtime
        self.handler = handler
        self.codeDirectory = codeDirectory
        self.layerDirectories = layerDirectories
        self.environment = environment
        self.memoryMiB = memoryMiB
        self.timeout = timeout
        self.ephemeralStorageMiB = ephemeralStorageMiB
        self.logGroup = logGroup
        self.credentials = credentials
        self.endpointURL = endpointURL
    }
}

/// Temporary credentials of a function's role. They are never logged.
package struct FunctionCredentials: Sendable {
    package var accessKeyID: String
    package var secretAccessKey: String
    package var sessionToken: String

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

/// One event for a function.
package struct Invocation: Sendable {
    /// A UUID, the `AwsRequestId` of the invocation.
    package var requestID: String
    /// The ARN that was invoked, with the qualifier that the caller used.
    package var invokedFunctionARN: String
    package var payload: [UInt8]
    /// The `X-Amzn-Trace-Id` header: `Root=1-…;Parent=…;Sampled=…`.
    package var traceHeader: String?
    /// The caller's client context, as JSON.
    package var clientContext: String?
    /// Told before the first chunk that the function streams its response, and the content type that it
    /// named.
    package var onResponseStart: (@Sendable (_ contentType: String?) async -> Void)?
    /// Receives a streamed response's bytes as the function writes them; `nil` where the caller wants one
    /// buffered answer.
    package var onResponseChunk: (@Sendable ([UInt8]) async -> Void)?

    package init(
        requestID: String, invokedFunctionARN: String, payload: [UInt8],
        traceHeader: String? = nil, clientContext: String? = nil,
        onResponseStart: (@Sendable (_ contentType: String?) async -> Void)? = nil,
        onResponseChunk: (@Sendable ([UInt8]) async -> Void)? = nil
    ) {
        self.requestID = requestID
        self.invokedFunctionARN = invokedFunctionARN
        self.payload = payload
        self.traceHeader = traceHeader
        self.clientContext = clientContext
        self.onResponseStart = onResponseStart
        self.onResponseChunk = onResponseChunk
    }
}

/// What came of an invocation.
package struct InvocationResult: Sendable {
    /// How the invocation ended.
    package enum Outcome: Sendable, Equatable {
        /// The handler returned; `payload` is its answer.
        case success
        /// The handler raised, or the runtime reported an error, or the process ended, ran out of time or
        /// of memory. `payload` is the error as JSON: `{"errorMessage": …, "errorType": …}`.
        case failure
    }

    package var outcome: Outcome
    package var payload: [UInt8]
    /// Everything that the invocation logged, START to REPORT, for `LogType=Tail`; its last 4 KiB at most.
    package var logTail: [UInt8]
    /// The content type that a streamed response named.
    package var contentType: String?
    /// How long the handler ran.
    package var duration: Duration
    /// How long the environment took to start, when this invocation started it.
    package var initDuration: Duration?

    package init(
        outcome: Outcome, payload: [UInt8], logTail: [UInt8], contentType: String? = nil,
        duration: Duration, initDuration: Duration? = nil
    ) {
        self.outcome = outcome
        self.payload = payload
        self.logTail = logTail
        self.contentType = contentType
        self.duration = duration
        self.initDuration = initDuration
    }
}

/// Takes what functions log, in order, a line an event.
package protocol FunctionLogSink: Sendable {
    /// Takes lines of one execution environment. It must not block: it queues them, within a bound.
    ///
    /// - Parameters:
    ///   - logStream: `2026/11/21/[$LATEST]0123456789abcdef0123456789abcdef`
    func write(
        _ lines: [(time: Instant, message: String)], of deployment: FunctionDeployment,
        logStream: String)
}

/// Why no environment could be started.
package enum FunctionHostError: Error, Sendable, Equatable {
    /// The runtime is not on this machine.
    case runtimeUnavailable(String)
    /// The host is at its limit of environments.
    case tooManyEnvironments
    /// The sandbox could not be built; the text is for the operator's log.
    case sandboxFailed(String)
    /// The function's init phase failed where it was started without an event; the error as JSON.
    case initFailed(String)
}
