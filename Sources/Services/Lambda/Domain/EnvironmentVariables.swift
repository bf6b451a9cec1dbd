import Wire

/// What a function's environment variables must satisfy.
enum EnvironmentVariables {
    /// The names that Lambda sets itself (dg/configuration-envvars.html, "Defined runtime environment variables").
    private static let reserved: Set<String> = [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ]

    private static let refusal =
        "Lambda was unable to configure your environment variables "
        + "because the environment variables you have provided "

    /// Checks names and size.
    ///
    /// - Throws: `InvalidParameterValueException`.
    static func validate(_ variables: [String: String]) throws {
        let taken = variables.keys.filter(reserved.contains).sorted()
        guard taken.isEmpty else {
            throw LambdaRefusal.invalidParameter(
                refusal + "contains reserved keys that are currently not supported for "
                    + "modification. Reserved keys used in this request: "
                    + taken.joined(separator: ", "))
        }
        let json = Document.object(variables.mapValues { .string($0) }).jsonText
        guard json.utf8.count <= LambdaLimits.environmentBytes else {
            throw LambdaRefusal.invalidParameter(
                refusal + "exceeded the 4KB limit. String measured: \(json)")
        }
        // No process can have a NUL in its environment.
        guard !variables.values.contains(where: { $0.utf8.contains(0) }) else {
            throw LambdaRefusal.invalidParameter(refusal + "contain a NUL character.")
        }
    }
}
