import ServiceKit
import Wire

/// Multi-factor authentication: the device and code of a request.
struct MultiFactor: Sendable {
    let verifier: (any MultiFactorVerifier)?

    /// Checks the device and code of a request.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: `AccessDenied` where it is wrong.
    func check(
        serialNumber: String?, code: String?, in context: RequestContext
    ) async throws -> Bool {
        guard serialNumber != nil || code != nil else { return false }
        guard let serialNumber, let code, let verifier else { throw Self.failed }
        guard try await verifier.accept(code: code, ofDevice: serialNumber, in: context) else {
            throw Self.failed
        }
        return true
    }

    private static let failed = AWSError(
        "AccessDenied",
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify "
            + "your MFA serial number is valid and associated with this user.",
        status: 403)
}
