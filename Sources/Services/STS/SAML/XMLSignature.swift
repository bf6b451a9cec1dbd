import Crypto
import CryptoExtras
import Wire

/// The signature of an element by itself (W3C, "XML Signature Syntax and Processing"), in the one shape that SAML allows.
struct XMLSignature {
    static let namespace = "http://www.w3.org/2000/09/xmldsig#"
    private static let canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
    private static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    private static let more = "http://www.w3.org/2001/04/xmldsig-more#"

    /// Whether `node` has a signature of all of it by one of `keys`. SHA-1 is not accepted: it can be forged.
    static func isValid(_ node: XMLNode, keys: [_RSA.Signing.PublicKey]) -> Bool {
        guard let signature = node.only("Signature", in: namespace),
            let info = signature.only("SignedInfo", in: namespace),
            let reference = info.only("Reference", in: namespace),
            let id = node.attribute("ID"), !id.isEmpty, reference.attribute("URI") == "#\(id)",
            isIntact(node, signature, reference),
            let method = info.only("CanonicalizationMethod", in: namespace),
            method.attribute("Algorithm") == canonicalization,
            let algorithm = info.only("SignatureMethod", in: namespace)?.attribute("Algorithm"),
            let value = signature.only("SignatureValue", in: namespace).flatMap({ base64($0) })
        else { return false }
        let signed = XMLCanonicalizer(inclusivePrefixes: prefixes(method)).bytes(of: info)
        let rsa = _RSA.Signing.RSASignature(rawRepresentation: value)
        return keys.contains { key in
            switch algorithm {
            case "\(more)rsa-sha256":
                key.isValidSignature(
                    rsa, for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
            case "\(more)rsa-sha384":
                key.isValidSignature(
                    rsa, for: SHA384.hash(data: signed), padding: .insecurePKCS1v1_5)
            case "\(more)rsa-sha512":
                key.isValidSignature(
                    rsa, for: SHA512.hash(data: signed), padding: .insecurePKCS1v1_5)
            default: false
            }
        }
    }

    /// Whether the element is the one whose digest is signed.
    private static func isIntact(
        _ node: XMLNode, _ signature: XMLNode, _ reference: XMLNode
    ) -> Bool {
        let transforms =
            reference.only("Transforms", in: namespace)?.elements("Transform", in: namespace) ?? []
        let names = transforms.map { $0.attribute("Algorithm") ?? "" }
        guard names.contains(enveloped), names.allSatisfy([enveloped, canonicalization].contains),
            names.count <= 2,
            let digest = reference.only("DigestValue", in: namespace).flatMap({ base64($0) }),
            let method = reference.only("DigestMethod", in: namespace)?.attribute("Algorithm")
        else { return false }
        var content = node
        content.children.removeAll { child in
            if case .element(let element) = child {
                return element.name == "Signature" && element.namespace == namespace
            }
            return false
        }
        let inclusive = transforms.reduce(into: Set<String>()) { $0.formUnion(prefixes($1)) }
        let bytes = XMLCanonicalizer(inclusivePrefixes: inclusive).bytes(of: content)
        return switch method {
        case "http://www.w3.org/2001/04/xmlenc#sha256": Array(SHA256.hash(data: bytes)) == digest
        case "\(more)sha384": Array(SHA384.hash(data: bytes)) == digest
        case "http://www.w3.org/2001/04/xmlenc#sha512": Array(SHA512.hash(data: bytes)) == digest
        default: false
        }
    }

    /// The prefixes that a method's `InclusiveNamespaces` lists.
    private static func prefixes(_ method: XMLNode) -> Set<String> {
        let list = method.only("InclusiveNamespaces", in: canonicalization)?
            .attribute("PrefixList")
        return Set((list ?? "").split(separator: " ").map { $0 == "#default" ? "" : String($0) })
    }

    private static func base64(_ node: XMLNode) -> [UInt8]? {
        Base64.decode(node.text.utf8.filter { $0 > 0x20 })
    }
}
