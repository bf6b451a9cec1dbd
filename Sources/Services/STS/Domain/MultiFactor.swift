import Wire

/// Multi-factor authentication: Apus knows no devices, so no code is ever right.
enum MultiFactor {
    /// Checks the device and code of a request.
    ///
    /// - Throws: `AccessDenied` where there is one.
    static func check(serialNumber: String?, code: String?) throws {
        guard serialNumber == nil, code == nil else {
            throw AWSError(
                "AccessDenied",
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify "
                    + "your MFA serial number is valid and associated with this user.",
                status: 403)
        }
    }
}
