import Logging
package import Platform
package import Sandbox
package import SandboxLinux
package import Testing

/// A host on this machine, for as long as `body` runs, with a log and a directory for code. One at a time, whatever the
/// suite.
package func withHost<Result>(
    configure: (inout LinuxFunctionHost.Configuration) -> Void = { _ in },
    clock: any Clock = SystemClock(),
    _ body: (TestHost) async throws -> Result
) async throws -> Result {
    try await RealSandboxes.exclusively {
        let directory = TemporaryDirectory()
        var configuration = LinuxFunctionHost.Configuration(
            scratchDirectory: "\(directory.path)/scratch", endpointPort: 4566,
            takesNearestRuntime: true, warmMiB: 0)
        configure(&configuration)
        let log = RecordedLog()
        let host = try LinuxFunctionHost(
            configuration, clock: clock, randomness: SystemRandomness(), logSink: log,
            logger: Logger(label: "test"))
        do {
            let result = try await body(TestHost(host: host, log: log, directory: directory))
            await host.stop()
            return result
        } catch {
            await host.stop()
            throw error
        }
    }
}

/// A host and what belongs to it.
package struct TestHost: Sendable {
    package let host: LinuxFunctionHost
    package let log: RecordedLog
    package let directory: TemporaryDirectory

    /// Writes code and describes its deployment.
    package func deploy(
        _ runtime: String, handler: String = "app.handler", files: [String: String],
        configure: (inout FunctionDeployment) -> Void = { _ in }
    ) -> FunctionDeployment {
        let id = SystemRandomness().uuid()
        directory.makeDirectory(id)
        for (name, text) in files {
            directory.write(text, to: "\(id)/\(name)", mode: 0o755)
        }
        var deployment = FunctionDeployment(
            id: id, functionName: "test", functionVersion: "$LATEST", accountID: "000000000000",
            region: "us-east-1", runtime: runtime, handler: handler,
            codeDirectory: "\(directory.path)/\(id)", timeout: .seconds(10),
            logGroup: "/aws/lambda/test",
            credentials: FunctionCredentials(
                accessKeyID: "ASIATEST", secretAccessKey: "secret", sessionToken: "token"),
            endpointURL: "http://127.0.0.1:4566")
        configure(&deployment)
        return deployment
    }

    /// A Python function with this code in app.py.
    package func python(
        _ code: String, configure: (inout FunctionDeployment) -> Void = { _ in }
    ) -> FunctionDeployment {
        deploy("python3.11", files: ["app.py": code], configure: configure)
    }

    /// Invokes a function.
    package func invoke(_ deployment: FunctionDeployment, _ payload: String = "{}") async throws
        -> InvocationResult
    {
        try await host.invoke(Self.event(payload), of: deployment)
    }

    /// Expects this answer.
    package func expect(
        _ deployment: FunctionDeployment, _ payload: String = "{}", answers answer: String,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await invoke(deployment, payload)
        #expect(result.text == answer, sourceLocation: location)
    }

    /// An event with this payload.
    package static func event(_ payload: String = "{}") -> Invocation {
        Invocation(
            requestID: SystemRandomness().uuid(),
            invokedFunctionARN: "arn:aws:lambda:us-east-1:000000000000:function:test",
            payload: Array(payload.utf8))
    }
}

extension InvocationResult {
    /// The answer, as text.
    package var text: String { String(decoding: payload, as: UTF8.self) }
    /// The end of the log, as text.
    package var tail: String { String(decoding: logTail, as: UTF8.self) }
}

/// Looks again and again until `condition` holds.
package func waitUntil(_ condition: () -> Bool, at location: SourceLocation = #_sourceLocation)
    async throws
{
    for _ in 0..<6000 {
        if condition() { return }
        try await SystemClock().sleep(for: .milliseconds(10))
    }
    Issue.record("it never came", sourceLocation: location)
}
