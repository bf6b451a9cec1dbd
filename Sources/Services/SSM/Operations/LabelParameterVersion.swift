import Platform
import SSMModel
import ServiceKit
import Storage
import Wire

/// Attaches labels to a version of a parameter. A label that another version has moves.
///
/// Source: API_LabelParameterVersion in the Systems Manager API Reference.
struct LabelParameterVersion: OperationHandler {
    static let operation = SSMAPI.labelParameterVersion
    let database: any Database
    let clock: any Clock

    func access(
        for input: LabelParameterVersionRequest, in context: RequestContext
    ) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:LabelParameterVersion", on: [input.name], in: context)
    }

    func handle(
        _ input: LabelParameterVersionRequest, in context: RequestContext
    ) async throws -> LabelParameterVersionResult {
        let place = ParameterPlace(input.name, in: context)
        let valid = input.labels.filter(Self.isValid)
        let version = try await database.write { [clock] transaction in
            guard let latest = try transaction.latest(place) else {
                throw SSMFailure.notFound(input.name)
            }
            let wanted = input.parameterVersion.flatMap { $0 == 0 ? nil : $0 } ?? latest.version
            guard try transaction.version(wanted, of: place) != nil else {
                throw SSMFailure.versionNotFound(wanted, of: latest.name)
            }
            let labels = Set(try transaction.labels(of: place, version: wanted)).union(valid)
            guard labels.count <= SSMLimits.labels else {
                throw SSMError.parameterVersionLabelLimitExceeded(
                    "A parameter version can have maximum \(SSMLimits.labels) labels. Move one or "
                        + "more labels to another version and try again.")
            }
            for (index, label) in valid.enumerated() {
                try transaction.execute(
                    "INSERT INTO labels (account, region, path, label, version, attached) "
                        + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, path, label) "
                        + "DO UPDATE SET version = excluded.version, attached = CASE "
                        + "WHEN labels.version = excluded.version THEN labels.attached "
                        + "ELSE excluded.attached END",
                    place.account, place.region, place.path, label, wanted,
                    clock.now.milliseconds * 16 + Int64(index))
            }
            return wanted
        }
        return LabelParameterVersionResult(
            invalidLabels: input.labels.filter { !Self.isValid($0) }, parameterVersion: version)
    }

    private static func isValid(_ label: String) -> Bool {
        let folded = label.lowercased()
        return !folded.hasPrefix("aws") && !folded.hasPrefix("ssm")
            && label.first?.isNumber == false
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
    }
}
