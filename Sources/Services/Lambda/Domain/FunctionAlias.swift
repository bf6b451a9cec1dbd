import LambdaModel
import Platform
import ServiceKit
import Wire

/// A name for a version of a function, or for two of which the second takes a part of the events.
struct FunctionAlias: Sendable, Equatable {
    let key: FunctionKey
    let name: String
    var version: String
    var description: String
    var routing: AliasRouting?
    var revisionID: String

    var arn: String { key.arn(qualifier: name) }

    /// The alias as the API answers it.
    var configuration: AliasConfiguration {
        AliasConfiguration(
            aliasArn: arn, name: name, functionVersion: version, description: description,
            routingConfig: routing.map {
                AliasRoutingConfiguration(additionalVersionWeights: [$0.version: $0.weight])
            }, revisionId: revisionID)
    }

    /// The versions that it names.
    var versions: [String] { [version] + (routing.map { [$0.version] } ?? []) }

    /// Checks a routing against the version that it belongs to.
    ///
    /// - Throws: `InvalidParameterValueException`.
    func checkRouting() throws {
        guard let routing else { return }
        guard version != FunctionVersion.latest, routing.version != FunctionVersion.latest else {
            throw LambdaRefusal.invalidParameter(
                "$LATEST is not supported for an alias pointing to more than 1 version")
        }
        guard routing.version != version else {
            throw LambdaRefusal.invalidParameter(
                "Invalid function version \(version). Function version \(version) is already "
                    + "included in routing configuration.")
        }
    }
}

/// The second version of an alias, and how much it gets.
struct AliasRouting: Sendable, Equatable {
    let version: String
    /// Its part of the events, 0 to 1.
    let weight: Double

    /// Reads what a request says; `nil` where it names no second version.
    ///
    /// - Throws: `InvalidParameterValueException`.
    init?(_ config: AliasRoutingConfiguration) throws {
        guard let weights = config.additionalVersionWeights, let first = weights.first else {
            return nil
        }
        guard weights.count == 1 else {
            throw LambdaRefusal.invalidParameter(
                "Number of items in AdditionalVersionWeights cannot be greater than 1")
        }
        version = first.key
        weight = first.value
    }

    init(_ document: Document) {
        version = document["version"]?.stringValue ?? ""
        weight =
            switch document["weight"] {
            case .number(let weight): weight
            case .integer(let weight): Double(weight)
            default: 0
            }
    }

    var document: Document { ["version": .string(version), "weight": .number(weight)] }
}
