import Crypto
import LambdaModel
import Platform

extension FunctionVersion {
    /// The version as `GetFunctionConfiguration` answers it.
    ///
    /// - Parameter qualifier: what the request named; it stands in the ARN.
    func configuration(qualifier: String? = nil) -> FunctionConfiguration {
        var configuration = listed(qualifier: qualifier)
        configuration.state = "Active"
        configuration.lastUpdateStatus = "Successful"
        configuration.runtimeVersionConfig = RuntimeVersionConfig(
            runtimeVersionArn: runtimeVersionARN)
        return configuration
    }

    /// The version as `ListFunctions` answers it: without states and runtime version.
    func listed(qualifier: String? = nil) -> FunctionConfiguration {
        FunctionConfiguration(
            functionName: key.name, functionArn: key.arn(qualifier: qualifier),
            runtime: settings.runtime, role: settings.role, handler: settings.handler,
            codeSize: code.size, description: settings.description,
            timeout: settings.timeoutSeconds, memorySize: settings.memoryMiB,
            lastModified: modified.lambdaText, codeSha256: code.sha256, version: version,
            deadLetterConfig: settings.deadLetterTarget.map { DeadLetterConfig(targetArn: $0) },
            environment: settings.environment.map { EnvironmentResponse(variables: $0) },
            kmsKeyArn: settings.kmsKeyARN,
            tracingConfig: TracingConfigResponse(mode: settings.tracingMode),
            revisionId: revisionID,
            layers: settings.layers.isEmpty ? nil : settings.layers.map(\.model),
            packageType: "Zip", architectures: [settings.architecture],
            ephemeralStorage: EphemeralStorage(size: settings.ephemeralStorageMiB),
            snapStart: SnapStartResponse(
                applyOn: settings.snapStart,
                optimizationStatus: number > 0 && settings.snapStart == "PublishedVersions"
                    ? "On" : "Off"),
            loggingConfig: settings.logging.model(ofFunction: key.name))
    }

    /// The host has one build of a runtime, so its name tells the version.
    var runtimeVersionARN: String {
        let version = Hexadecimal.string(SHA256.hash(data: Array(settings.runtime.utf8)))
        return "arn:aws:lambda:\(key.region)::runtime:\(version)"
    }
}
