/// Knows the devices that show one-time codes.
package protocol MultiFactorVerifier: Sendable {
    /// Whether the caller of `context` has the device, and it shows `code` now. A code is accepted once.
    func accept(
        code: String, ofDevice serialNumber: String, in context: RequestContext
    ) async throws -> Bool
}
