/// What a signature is good for: `20260131/us-east-1/lambda/aws4_request`.
struct CredentialScope: Hashable, Sendable, CustomStringConvertible {
    static let terminator = "aws4_request"

    /// `YYYYMMDD`
    var date: String
    var region: String
    var service: String

    var description: String { "\(date)/\(region)/\(service)/\(Self.terminator)" }

    /// Reads `<key>/<date>/<region>/<service>/aws4_request`. The key itself may contain slashes.
    ///
    /// - Throws: `SignatureFailure`.
    static func parse(credential: String) throws -> (accessKeyID: String, CredentialScope) {
        let parts = credential.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 5, !parts[0].isEmpty else {
            throw SignatureFailure.malformedCredential(credential)
        }
        let scope = Array(parts.suffix(4))
        guard scope[3] == terminator else { throw SignatureFailure.wrongTerminator(scope[3]) }
        guard isRegion(scope[1]) else { throw SignatureFailure.invalidRegion }
        let key = parts.dropLast(4).joined(separator: "/")
        return (key, CredentialScope(date: scope[0], region: scope[1], service: scope[2]))
    }

    /// The service that the signature of a request is for, without checking anything else of it.
    static func service(inCredential credential: Substring) -> String? {
        let bytes = credential.utf8
        guard bytes.count(where: { $0 == UInt8(ascii: "/") }) >= 4 else { return nil }
        let isSlash = { (byte: UInt8) in byte == UInt8(ascii: "/") }
        guard let last = bytes.lastIndex(where: isSlash),
            let slash = bytes[..<last].lastIndex(where: isSlash)
        else { return nil }
        return String(decoding: bytes[bytes.index(after: slash)..<last], as: UTF8.self)
    }

    private static func isRegion(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
