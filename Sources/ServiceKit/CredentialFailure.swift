/// Why a credential that is known is not accepted. Each service has its own words for it.
package enum CredentialFailure: Error, Sendable {
    /// The key was deleted or is inactive, or the token is mangled, missing or of another key.
    case invalid
    /// The credential has ended.
    case expired
}
