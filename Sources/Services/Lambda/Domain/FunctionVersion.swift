import Platform

/// One version of a function: what runs when it is invoked.
///
/// It is active from the start: code is unpacked, and checked, before the request that brought it is answered.
struct FunctionVersion: Sendable, Equatable {
    /// The version that can be changed.
    static let latest = "$LATEST"

    let key: FunctionKey
    /// `$LATEST` or a number.
    let version: String
    /// Changes with everything that the API lets one change.
    var revisionID: String
    /// Changes with what an execution environment is made of, and so names the environments that may serve the function.
    var deploymentID: String
    var code: CodePackage
    var settings: FunctionSettings
    var modified: Instant
    /// The description of `$LATEST` when this version was made of it; `nil` for `$LATEST` itself.
    var sourceDescription: String?

    /// Its place among the function's versions; 0 for `$LATEST`.
    var number: Int { Int(version) ?? 0 }

    /// Whether publishing `latest` would make this version once more.
    func isMade(of latest: FunctionVersion) -> Bool {
        var settings = settings
        settings.description = sourceDescription ?? settings.description
        return code.digest == latest.code.digest && settings == latest.settings
    }

    /// The version that publishing makes of this one.
    func published(
        as number: Int, description: String?, revisionID: String, deploymentID: String,
        at time: Instant
    ) -> FunctionVersion {
        var settings = settings
        settings.description = description ?? settings.description
        return FunctionVersion(
            key: key, version: "\(number)", revisionID: revisionID, deploymentID: deploymentID,
            code: code, settings: settings, modified: time,
            sourceDescription: self.settings.description)
    }
}

extension Instant {
    /// `2026-11-21T09:00:00.000+0000`, as Lambda writes times.
    var lambdaText: String { String(iso8601Milliseconds.dropLast()) + "+0000" }
}
