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
}

extension Instant {
    /// `2026-11-21T09:00:00.000+0000`, as Lambda writes times.
    var lambdaText: String { String(iso8601Milliseconds.dropLast()) + "+0000" }
}
