import Platform
import Wire

/// A JSON Web Token, taken apart and not verified yet (RFC 7519, RFC 7515).
struct WebToken: Sendable {
    let algorithm: String
    let keyID: String?
    let claims: Document
    /// What the signature is of.
    let signedPart: [UInt8]
    let signature: [UInt8]

    /// Takes a token apart; `nil` for what is none.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.document(parts[0]),
            let claims = Self.document(parts[1]),
            let signature = Self.bytes(parts[2]), let algorithm = header["alg"]?.stringValue,
            case .object = claims
        else { return nil }
        self.algorithm = algorithm
        keyID = header["kid"]?.stringValue
        self.claims = claims
        self.signature = signature
        signedPart = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// The bytes of Base64 with the alphabet of URLs, without padding.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.contains("+"), !text.contains("/"), !text.contains("=") else { return nil }
        return Base64.decode(
            text.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "-"): UInt8(ascii: "+")
                case UInt8(ascii: "_"): UInt8(ascii: "/")
                default: byte
                }
            })
    }

    private static func document(_ part: Substring) -> Document? {
        bytes(part).flatMap { try? Document(json: $0) }
    }

    // MARK: - Claims

    var issuer: String? { claims["iss"]?.stringValue }
    var subject: String? { claims["sub"]?.stringValue }

    /// Whom the token is for: `azp` where there is one, else `aud`.
    var audiences: [String] {
        if let party = claims["azp"]?.stringValue { return [party] }
        return texts("aud")
    }

    /// When the token ends.
    var expiration: Instant? { instant("exp") }
    var notBefore: Instant? { instant("nbf") }

    /// The strings of a claim that is one or a list.
    func texts(_ name: String) -> [String] {
        switch claims[name] {
        case .string(let text)?: [text]
        case .array(let elements)?: elements.compactMap(\.stringValue)
        default: []
        }
    }

    private func instant(_ name: String) -> Instant? {
        switch claims[name] {
        case .integer(let seconds)? where abs(seconds) < 1 << 40: Instant(seconds: seconds)
        case .number(let seconds)? where abs(seconds) < 1e12:
            Instant(milliseconds: Int64(seconds * 1000))
        default: nil
        }
    }
}
