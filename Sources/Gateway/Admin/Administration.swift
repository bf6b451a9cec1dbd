package import Wire

/// What the admin endpoints are given by whoever assembles Apus.
package struct Administration: Sendable {
    /// Apus's version.
    package var version: String
    /// Empties every service; `nil` outside the development profile.
    package var reset: (@Sendable () async throws -> Void)?
    /// Why a request was denied, by its identifier; `nil` where nothing is remembered of it.
    package var explain: (@Sendable (String) async throws -> Document?)?
    /// The least policy that allows what a user or role did, by its ARN or name.
    package var advise: (@Sendable (String) async throws -> Document)?
    /// Whether the virtual clock may be moved: in the development profile.
    package var allowsClock: Bool

    package init(
        version: String, reset: (@Sendable () async throws -> Void)? = nil,
        explain: (@Sendable (String) async throws -> Document?)? = nil,
        advise: (@Sendable (String) async throws -> Document)? = nil, allowsClock: Bool = true
    ) {
        self.explain = explain
        self.advise = advise
        self.version = version
        self.reset = reset
        self.allowsClock = allowsClock
    }
}
