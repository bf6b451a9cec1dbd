/// An `Authorization` header of Signature Version 4 taken apart: `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
struct AuthorizationHeader {
    let algorithm: Substring
    private(set) var credential: Substring = ""
    private(set) var signedHeaders: Substring = ""
    private(set) var signature: Substring = ""

    /// Takes `text` apart byte by byte; what is no part of such a header is passed over.
    init(_ text: String) {
        let bytes = text.utf8
        let space = bytes.firstIndex(of: UInt8(ascii: " ")) ?? bytes.endIndex
        algorithm = text[..<space]
        for field in bytes[space...].split(separator: UInt8(ascii: ",")) {
            let field = field.drop { $0 == UInt8(ascii: " ") }
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var value = field[field.index(after: equals)...]
            while value.last == UInt8(ascii: " ") { value.removeLast() }
            switch text[field.startIndex..<equals] {
            case "Credential": credential = Substring(value)
            case "SignedHeaders": signedHeaders = Substring(value)
            case "Signature": signature = Substring(value)
            default: break
            }
        }
    }

    /// The service in the credential of a header, without looking at anything else of it: what stands before the last
    /// slash but one.
    static func service(in text: String) -> String? {
        var rest = text.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "C")) {
            rest = rest[start...]
            if rest.starts(with: "Credential=".utf8) {
                return CredentialScope.service(
                    inCredential: Substring(rest.prefix { $0 != UInt8(ascii: ",") }))
            }
            rest.removeFirst()
        }
        return nil
    }

    /// The parameters that are not there.
    var missing: [String] {
        [("Credential", credential), ("Signature", signature), ("SignedHeaders", signedHeaders)]
            .filter(\.1.isEmpty).map(\.0)
    }
}
