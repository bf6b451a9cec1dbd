import IAMModel
import Platform
import ServiceKit
import Wire

/// An X.509 certificate as text (PEM, RFC 7468), of which IAM wants to know when it ends (RFC 5280).
struct CertificateText: Sendable {
    private static let begin = "-----BEGIN CERTIFICATE-----"
    private static let end = "-----END CERTIFICATE-----"

    let text: String
    let expiration: Instant

    /// Reads the certificate that a request gives.
    ///
    /// - Throws: `MalformedCertificate`.
    init(_ text: String) throws {
        guard let start = text.firstRange(of: Self.begin),
            let stop = text.firstRange(of: Self.end), start.upperBound <= stop.lowerBound,
            let bytes = Base64.decode(
                text[start.upperBound..<stop.lowerBound].utf8.filter { $0 > 0x20 }),
            let expiration = Self.expiration(bytes)
        else {
            throw IAMError.malformedCertificateException(
                "Unable to parse certificate. Please ensure the certificate is in PEM format.")
        }
        self.text = text
        self.expiration = expiration
    }

    /// The end of the validity: Certificate, to be signed, then version, serial, algorithm and issuer, then validity.
    private static func expiration(_ bytes: [UInt8]) -> Instant? {
        var outer = DERReader(bytes[...])
        guard let certificate = outer.next(0x30) else { return nil }
        var inner = DERReader(certificate)
        guard let signed = inner.next(0x30) else { return nil }
        var fields = DERReader(signed)
        if fields.isNext(0xA0) { _ = fields.next(0xA0) }
        guard fields.next(0x02) != nil, fields.next(0x30) != nil, fields.next(0x30) != nil,
            let validity = fields.next(0x30)
        else { return nil }
        var dates = DERReader(validity)
        _ = dates.next(dates.isNext(0x17) ? 0x17 : 0x18)
        let isShort = dates.isNext(0x17)
        guard let text = dates.next(isShort ? 0x17 : 0x18) else { return nil }
        return instant(String(decoding: text, as: UTF8.self), isShort: isShort)
    }

    /// `491231235959Z`, or with four digits for the year.
    private static func instant(_ text: String, isShort: Bool) -> Instant? {
        let century = isShort ? (text.first ?? "9" < "5" ? "20" : "19") : ""
        let full = century + text
        guard full.utf8.count == 15, full.hasSuffix("Z") else { return nil }
        return Instant(iso8601: "\(full.prefix(8))T\(full.dropFirst(8))")
    }
}
