import LambdaModel
import Platform
import Wire

/// One version of a layer. It never changes; its policy may.
struct LayerVersion: Sendable, Equatable {
    let key: LayerKey
    let number: Int
    let code: CodePackage
    let properties: Properties
    let created: Instant
    var statements: [PermissionStatement] = []
    var revisionID: String

    /// What its publisher said about it.
    struct Properties: Sendable, Equatable {
        var description = ""
        var license: String?
        var runtimes: [String]?
        var architectures: [String]?
    }

    var arn: String { key.arn(version: number) }

    /// The version as a function has it.
    var use: LayerUse { LayerUse(arn: arn, code: code) }

    /// The version as lists show it.
    var listed: LayerVersionsListItem {
        LayerVersionsListItem(
            layerVersionArn: arn, version: number, description: properties.description,
            createdDate: created.lambdaText, compatibleRuntimes: properties.runtimes,
            licenseInfo: properties.license, compatibleArchitectures: properties.architectures)
    }

    /// The version as `GetLayerVersion` answers it.
    ///
    /// - Parameter location: where its content can be downloaded.
    func model(at location: String) -> GetLayerVersionResponse {
        GetLayerVersionResponse(
            content: LayerVersionContentOutput(
                location: location, codeSha256: code.sha256, codeSize: code.size),
            layerArn: key.arn, layerVersionArn: arn, description: properties.description,
            createdDate: created.lambdaText, version: number,
            compatibleRuntimes: properties.runtimes, licenseInfo: properties.license,
            compatibleArchitectures: properties.architectures)
    }

    /// Whether it is for a runtime and an architecture, where these are asked for.
    func matches(runtime: String?, architecture: String?) -> Bool {
        let isForRuntime = runtime.map { properties.runtimes?.contains($0) ?? false } ?? true
        let isForArchitecture =
            architecture.map { properties.architectures?.contains($0) ?? false } ?? true
        return isForRuntime && isForArchitecture
    }
}

extension LayerVersion.Properties {
    init(_ document: Document) {
        description = document["description"]?.stringValue ?? ""
        license = document["license"]?.stringValue
        runtimes = document["runtimes"]?.stringElements
        architectures = document["architectures"]?.stringElements
    }

    /// The properties as a row keeps them.
    var document: Document {
        var members: [String: Document] = ["description": .string(description)]
        members["license"] = license.map { .string($0) }
        members["runtimes"] = runtimes.map { .array($0.map { .string($0) }) }
        members["architectures"] = architectures.map { .array($0.map { .string($0) }) }
        return .object(members)
    }
}

extension Document {
    /// The strings of an array; `nil` where this is no array.
    var stringElements: [String]? {
        guard case .array(let elements) = self else { return nil }
        return elements.compactMap(\.stringValue)
    }
}
