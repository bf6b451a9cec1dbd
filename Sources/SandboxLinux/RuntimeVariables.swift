import Sandbox

/// The environment variables of a runtime's process
/// (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
enum RuntimeVariables {
    /// What a runtime reads as it starts. Where a function's owner sets one of these, the runtime must be started with it,
    /// and none that runs already will do.
    private static let readAtStart = [
        "PYTHON", "NODE_", "LD_", "MALLOC_", "GLIBC_", "LC_", "LANG", "TZ", "OPENSSL_", "SSL_",
        "UV_", "GCONV_", "AWS_LAMBDA_EXEC_WRAPPER",
    ]

    /// Whether a function's variables may reach its runtime after its start.
    static func canFollow(_ environment: [String: String]) -> Bool {
        environment.keys.allSatisfy { name in
            name == "NODE_ENV" || !readAtStart.contains { name.hasPrefix($0) }
        }
    }

    /// The variables that a runtime of the pool starts with.
    static func early(for runtime: RuntimeProgram) -> [String: String] {
        languageDefaults(for: runtime.identifier)
            .merging(["_APUS_RUNTIME_API_FD": "4", "_LAMBDA_TELEMETRY_LOG_FD": "3"]) { $1 }
    }

    /// Where the Runtime API listens inside every sandbox.
    static let runtimeAPIPort = 9001

    /// What AWS sets, under what the owner may override, under what the owner set, under what nobody may.
    ///
    /// - Parameter isConnected: whether descriptor 4 is a connection to the Runtime API.
    static func all(for deployment: FunctionDeployment, logStream: String, isConnected: Bool)
        -> [String: String]
    {
        var variables = defaults(for: deployment)
            .merging(deployment.environment) { _, own in own }
            .merging(reserved(for: deployment, logStream: logStream)) { _, reserved in reserved }
        variables["_APUS_RUNTIME_API_FD"] = isConnected ? "4" : nil
        return variables
    }

    private static func defaults(for deployment: FunctionDeployment) -> [String: String] {
        languageDefaults(for: deployment.runtime).merging([
            "SHLVL": "0",
            "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
            "AWS_ENDPOINT_URL": deployment.endpointURL,
        ]) { $1 }
    }

    /// What the language's program itself reads.
    private static func languageDefaults(for runtime: String) -> [String: String] {
        var variables = [
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
            "LD_LIBRARY_PATH":
                "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
        ]
        if runtime.hasPrefix("python") {
            variables["PYTHONPATH"] = "/var/runtime"
        }
        if runtime.hasPrefix("nodejs") {
            let major = runtime.dropFirst(6).prefix { $0 != "." }
            variables["NODE_PATH"] =
                "/opt/nodejs/node\(major)/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task"
        }
        return variables
    }

    private static func reserved(for deployment: FunctionDeployment, logStream: String)
        -> [String: String]
    {
        var variables = [
            "_HANDLER": deployment.handler,
            "AWS_REGION": deployment.region,
            "AWS_DEFAULT_REGION": deployment.region,
            "AWS_LAMBDA_FUNCTION_NAME": deployment.functionName,
            "AWS_LAMBDA_FUNCTION_VERSION": deployment.functionVersion,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": String(deployment.memoryMiB),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": deployment.logGroup,
            "AWS_LAMBDA_LOG_STREAM_NAME": logStream,
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(runtimeAPIPort)",
            "AWS_ACCESS_KEY_ID": deployment.credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": deployment.credentials.secretAccessKey,
            "AWS_SESSION_TOKEN": deployment.credentials.sessionToken,
            "AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1:2000",
            "_AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1",
            "_AWS_XRAY_DAEMON_PORT": "2000",
            "LAMBDA_TASK_ROOT": "/var/task",
            "LAMBDA_RUNTIME_DIR": "/var/runtime",
            // Descriptor 3 takes messages of many lines, as frames (LogAssembler).
            "_LAMBDA_TELEMETRY_LOG_FD": "3",
        ]
        variables["AWS_LAMBDA_LOG_FORMAT"] = deployment.logging.isJSON ? "JSON" : "Text"
        if deployment.logging.isJSON {
            variables["AWS_LAMBDA_LOG_LEVEL"] = deployment.logging.applicationLevel.rawValue
        }
        if !deployment.runtime.hasPrefix("provided") {
            variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_\(deployment.runtime)"
        }
        return variables
    }
}
