import Crypto
import CryptoExtras
import Wire

/// A public key of an identity provider (RFC 7517).
struct WebKey: Sendable {
    private enum Key: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
    }

    /// Bits that an RSA key has at least; shorter ones can be broken.
    private static let leastModulusBytes = 256

    let id: String?
    private let key: Key

    /// Reads a key of a set; `nil` for kinds that sign no tokens here.
    init?(_ document: Document) {
        id = document["kid"]?.stringValue
        if let use = document["use"]?.stringValue, use != "sig" { return nil }
        let part = { (name: String) in
            document[name]?.stringValue.flatMap { WebToken.bytes($0) }
        }
        switch (document["kty"]?.stringValue, document["crv"]?.stringValue) {
        case ("RSA", _):
            guard let n = part("n"), let e = part("e"), n.count >= Self.leastModulusBytes,
                let key = try? _RSA.Signing.PublicKey(n: n, e: e)
            else { return nil }
            self.key = .rsa(key)
        case ("EC", "P-256"):
            guard let x = part("x"), let y = part("y"),
                let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            self.key = .p256(key)
        case ("EC", "P-384"):
            guard let x = part("x"), let y = part("y"),
                let key = try? P384.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            self.key = .p384(key)
        default: return nil
        }
    }

    /// Whether the key made a token's signature. The algorithm has to be one of the key's kind: the token alone is not
    /// trusted to say how it is verified.
    func verifies(_ token: WebToken) -> Bool {
        switch (key, token.algorithm) {
        case (.rsa(let key), "RS256"):
            verify(token, key, SHA256.hash(data: token.signedPart), .insecurePKCS1v1_5)
        case (.rsa(let key), "RS384"):
            verify(token, key, SHA384.hash(data: token.signedPart), .insecurePKCS1v1_5)
        case (.rsa(let key), "RS512"):
            verify(token, key, SHA512.hash(data: token.signedPart), .insecurePKCS1v1_5)
        case (.p256(let key), "ES256"):
            (try? P256.Signing.ECDSASignature(rawRepresentation: token.signature)).map {
                key.isValidSignature($0, for: SHA256.hash(data: token.signedPart))
            } ?? false
        case (.p384(let key), "ES384"):
            (try? P384.Signing.ECDSASignature(rawRepresentation: token.signature)).map {
                key.isValidSignature($0, for: SHA384.hash(data: token.signedPart))
            } ?? false
        default: false
        }
    }

    private func verify(
        _ token: WebToken, _ key: _RSA.Signing.PublicKey, _ digest: some Digest,
        _ padding: _RSA.Signing.Padding
    ) -> Bool {
        key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: token.signature), for: digest,
            padding: padding)
    }
}
