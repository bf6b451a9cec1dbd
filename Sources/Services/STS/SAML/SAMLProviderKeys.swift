import CryptoExtras
import ServiceKit
import Wire

/// The name and the keys of a SAML provider, as its metadata has them.
struct SAMLProviderKeys: Sendable {
    private static let namespace = "urn:oasis:names:tc:SAML:2.0:metadata"

    let entityID: String
    let keys: [_RSA.Signing.PublicKey]

    /// Reads metadata; `nil` where it has no key that verifies signatures.
    init?(metadata: String) {
        guard let root = try? XMLNodeParser.parse(Array(metadata.utf8)),
            let entity = root.all.first(where: {
                $0.name == "EntityDescriptor" && $0.namespace == Self.namespace
            }),
            let id = entity.attribute("entityID"),
            let provider = entity.only("IDPSSODescriptor", in: Self.namespace)
        else { return nil }
        entityID = id
        keys = provider.elements("KeyDescriptor", in: Self.namespace)
            .filter { $0.attribute("use") != "encryption" }
            .flatMap(\.all)
            .filter { $0.name == "X509Certificate" && $0.namespace == XMLSignature.namespace }
            .compactMap { Self.key(inCertificate: $0.text) }
        if keys.isEmpty { return nil }
    }

    /// The RSA key of a certificate. Providers sign their certificates themselves, so nothing else of it counts.
    private static func key(inCertificate text: String) -> _RSA.Signing.PublicKey? {
        guard let bytes = Base64.decode(text.utf8.filter { $0 > 0x20 }) else { return nil }
        var outer = DERReader(bytes[...])
        guard let certificate = outer.next(0x30) else { return nil }
        var inner = DERReader(certificate)
        guard let signed = inner.next(0x30) else { return nil }
        var fields = DERReader(signed)
        if fields.isNext(0xA0) { _ = fields.next(0xA0) }
        // Serial number, algorithm, issuer, validity and subject stand before the key.
        for tag in [0x02, 0x30, 0x30, 0x30, 0x30] as [UInt8] {
            guard fields.next(tag) != nil else { return nil }
        }
        guard let key = fields.nextWhole(0x30) else { return nil }
        return try? _RSA.Signing.PublicKey(derRepresentation: Array(key))
    }
}
