import Crypto
import Platform
import Wire

/// What a form of a browser says of its signature, which covers the policy that the form carries.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>
struct FormClaim: Sendable {
    private enum Version: Sendable {
        /// HMAC-SHA1 with the secret itself, in base64.
        case two
        case four(CredentialScope)
    }

    let accessKeyID: String
    let sessionToken: String?
    let signature: String
    private let policy: String
    private let version: Version

    /// The region that the signature is scoped to.
    var region: String? {
        if case .four(let scope) = version { scope.region } else { nil }
    }

    /// Reads the claim of a form; `nil` where it makes none.
    ///
    /// - Throws: `SignatureFailure`.
    init?(_ form: MultipartForm) throws {
        guard let policy = form["policy"] else { return nil }
        self.policy = policy
        sessionToken = form["x-amz-security-token"]
        if let credential = form["x-amz-credential"] {
            let algorithm = form["x-amz-algorithm"] ?? ""
            guard algorithm == SignatureClaim.algorithm else {
                throw SignatureFailure.unsupportedAlgorithm(algorithm)
            }
            let scope: CredentialScope
            (accessKeyID, scope) = try CredentialScope.parse(credential: credential)
            version = .four(scope)
            signature = form["x-amz-signature"] ?? ""
        } else if let key = form["AWSAccessKeyId"] {
            accessKeyID = key
            version = .two
            signature = form["signature"] ?? ""
        } else {
            return nil
        }
    }

    /// - Throws: `SignatureFailure.mismatch`.
    func verify(secret: String) throws {
        let isValid =
            switch version {
            case .four(let scope):
                SigningKey(secret: secret, scope: scope).verify(signature, of: policy)
            case .two:
                Base64.decode(signature.utf8).map { code in
                    HMAC<Insecure.SHA1>.isValidAuthenticationCode(
                        code, authenticating: Array(policy.utf8),
                        using: SymmetricKey(data: Array(secret.utf8)))
                } ?? false
            }
        guard isValid else {
            throw SignatureFailure.mismatch(
                .init(
                    accessKeyID: accessKeyID, signature: signature, stringToSign: policy,
                    canonicalRequest: ""))
        }
    }
}
