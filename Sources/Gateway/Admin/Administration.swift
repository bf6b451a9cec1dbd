/// What the admin endpoints are given by whoever assembles Apus.
package struct Administration: Sendable {
    /// Apus's version.
    package var version: String
    /// Empties every service; `nil` outside the development profile.
    package var reset: (@Sendable () async throws -> Void)?
    /// Whether the virtual clock may be moved: in the development profile.
    package var allowsClock: Bool

    package init(
        version: String, reset: (@Sendable () async throws -> Void)? = nil, allowsClock: Bool = true
    ) {
        self.version = version
        self.reset = reset
        self.allowsClock = allowsClock
    }
}
