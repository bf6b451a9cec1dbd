import LambdaModel
import ServiceKit
import Wire

/// What a function's owner chose beside its code.
struct FunctionSettings: Sendable, Equatable {
    var runtime: String
    var handler: String
    var role: String
    var description = ""
    var timeoutSeconds = 3
    var memoryMiB = 128
    /// `nil` where the owner never gave any, which the API shows.
    var environment: [String: String]?
    var tracingMode = "PassThrough"
    var ephemeralStorageMiB = 512
    var architecture = "x86_64"
    var snapStart = "None"
    var kmsKeyARN: String?
    var logging = LoggingSettings()
    /// The lowest first.
    var layers: [LayerUse] = []
    /// The queue or topic for events that are given up.
    var deadLetterTarget: String?
    /// The directory of this machine that it runs from, in the place of its package.
    var sourceDirectory: String?

    /// The settings of a new function.
    ///
    /// - Parameter layers: what its `Layers` mean.
    /// - Throws: `InvalidParameterValueException` and its kin; `NotImplemented` for what is not served.
    init(_ input: CreateFunctionRequest, layers: [LayerUse]) throws {
        self.layers = layers
        try UnservedFeatures.refuse(in: input)
        guard let runtime = input.runtime, let handler = input.handler else {
            throw LambdaRefusal.invalidParameter(
                "Runtime and Handler are mandatory parameters for functions created with "
                    + "deployment packages.")
        }
        self.runtime = runtime
        self.handler = handler
        role = input.role
        description = input.description ?? description
        timeoutSeconds = input.timeout ?? timeoutSeconds
        memoryMiB = input.memorySize ?? memoryMiB
        environment = input.environment.map { $0.variables ?? [:] }
        tracingMode = input.tracingConfig?.mode ?? tracingMode
        ephemeralStorageMiB = input.ephemeralStorage?.size ?? ephemeralStorageMiB
        architecture = input.architectures?.first ?? architecture
        snapStart = input.snapStart?.applyOn ?? snapStart
        kmsKeyARN = input.kmsKeyArn.flatMap { $0.isEmpty ? nil : $0 }
        try apply(input.deadLetterConfig)
        if let config = input.loggingConfig { try logging.apply(config) }
        try validate()
    }

    /// Changes what the request says, and nothing else.
    ///
    /// - Parameter layers: what its `Layers` mean; `nil` where it names none.
    /// - Throws: as `init` does.
    mutating func apply(
        _ input: UpdateFunctionConfigurationRequest, layers: [LayerUse]?
    ) throws {
        self.layers = layers ?? self.layers
        try apply(input.deadLetterConfig)
        try UnservedFeatures.refuse(in: input)
        runtime = input.runtime ?? runtime
        handler = input.handler ?? handler
        role = input.role ?? role
        description = input.description ?? description
        timeoutSeconds = input.timeout ?? timeoutSeconds
        memoryMiB = input.memorySize ?? memoryMiB
        if let given = input.environment { environment = given.variables ?? [:] }
        tracingMode = input.tracingConfig?.mode ?? tracingMode
        ephemeralStorageMiB = input.ephemeralStorage?.size ?? ephemeralStorageMiB
        snapStart = input.snapStart?.applyOn ?? snapStart
        if let key = input.kmsKeyArn { kmsKeyARN = key.isEmpty ? nil : key }
        if let config = input.loggingConfig { try logging.apply(config) }
        try validate()
    }

    private mutating func apply(_ config: DeadLetterConfig?) throws {
        guard let target = config?.targetArn else { return }
        guard target.isEmpty || ["sqs", "sns"].contains(ARN(target)?.service) else {
            throw LambdaRefusal.invalidParameter(
                "The provided dead letter config TargetArn \(target) is invalid. It must be the "
                    + "ARN of an SQS queue or an SNS topic.")
        }
        deadLetterTarget = target.isEmpty ? nil : target
    }

    /// Checks what the model's constraints leave open.
    private func validate() throws {
        guard memoryMiB <= LambdaLimits.memoryMiB.upperBound else {
            throw LambdaRefusal.invalidParameter(
                "'MemorySize' value failed to satisfy constraint: Member must have value less "
                    + "than or equal to \(LambdaLimits.memoryMiB.upperBound)")
        }
        guard timeoutSeconds <= LambdaLimits.timeoutSeconds else {
            throw LambdaRefusal.validation(
                "\(timeoutSeconds)", at: "timeout",
                "Member must have value less than or equal to \(LambdaLimits.timeoutSeconds)")
        }
        try EnvironmentVariables.validate(environment ?? [:])
    }
}

// MARK: - As a row keeps it

extension FunctionSettings {
    /// Reads what `document` gave.
    ///
    /// - Throws: `StorageError` where it is something else.
    init(_ document: Document) throws {
        func text(_ key: String) -> String { document[key]?.stringValue ?? "" }
        func number(_ key: String) -> Int { Int(document[key]?.integerValue ?? 0) }
        runtime = text("runtime")
        handler = text("handler")
        role = text("role")
        description = text("description")
        timeoutSeconds = number("timeoutSeconds")
        memoryMiB = number("memoryMiB")
        if case .object(let variables)? = document["environment"] {
            environment = variables.compactMapValues(\.stringValue)
        }
        tracingMode = text("tracingMode")
        ephemeralStorageMiB = number("ephemeralStorageMiB")
        architecture = text("architecture")
        snapStart = text("snapStart")
        kmsKeyARN = document["kmsKeyARN"]?.stringValue
        logging = document["logging"].map(LoggingSettings.init) ?? LoggingSettings()
        if case .array(let layers)? = document["layers"] {
            self.layers = try layers.map(LayerUse.init)
        }
        deadLetterTarget = document["deadLetterTarget"]?.stringValue
        sourceDirectory = document["sourceDirectory"]?.stringValue
    }

    /// The settings as a row keeps them.
    var document: Document {
        var members: [String: Document] = [
            "runtime": .string(runtime), "handler": .string(handler), "role": .string(role),
            "description": .string(description),
            "timeoutSeconds": .integer(Int64(timeoutSeconds)),
            "memoryMiB": .integer(Int64(memoryMiB)), "tracingMode": .string(tracingMode),
            "ephemeralStorageMiB": .integer(Int64(ephemeralStorageMiB)),
            "architecture": .string(architecture), "snapStart": .string(snapStart),
            "logging": logging.document,
        ]
        members["environment"] = environment.map { .object($0.mapValues { .string($0) }) }
        members["kmsKeyARN"] = kmsKeyARN.map { .string($0) }
        if !layers.isEmpty { members["layers"] = .array(layers.map(\.document)) }
        members["deadLetterTarget"] = deadLetterTarget.map { .string($0) }
        members["sourceDirectory"] = sourceDirectory.map { .string($0) }
        return .object(members)
    }
}
