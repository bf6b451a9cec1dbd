import Platform
import Wire

/// What a verified assertion of a SAML provider says.
///
/// Source: "Configure SAML assertions for the authentication response" in the IAM User Guide; OASIS, SAML 2.0 Core.
struct SAMLAssertion: Sendable {
    private static let protocolNamespace = "urn:oasis:names:tc:SAML:2.0:protocol"
    private static let namespace = "urn:oasis:names:tc:SAML:2.0:assertion"
    private static let attributePrefix = "https://aws.amazon.com/SAML/Attributes/"

    /// Why an assertion does not count.
    enum Failure: Error, Equatable {
        case malformed(String)
        case expired
    }

    let issuer: String
    let subject: String
    /// `persistent`, `transient` or the whole name of another format.
    let subjectType: String
    /// Whom the assertion is for.
    let recipient: String
    /// The values of attributes by name, those of AWS without their common beginning.
    let attributes: [String: [String]]

    /// Reads a response and verifies it by the provider's metadata.
    ///
    /// - Throws: `Failure`.
    init(response: [UInt8], metadata: SAMLProviderKeys, at time: Instant) throws {
        guard let root = try? XMLNodeParser.parse(response) else {
            throw Failure.malformed("Invalid base64 SAMLResponse")
        }
        let assertion = try Self.signedAssertion(in: root, metadata)
        guard let issuer = assertion.only("Issuer", in: Self.namespace)?.trimmedText,
            issuer == metadata.entityID
        else { throw Failure.malformed("Issuer not present in specified provider") }
        self.issuer = issuer
        try Self.checkConditions(of: assertion, at: time)
        guard let subject = assertion.only("Subject", in: Self.namespace),
            let name = subject.only("NameID", in: Self.namespace)
        else { throw Failure.malformed("Assertion has no subject") }
        self.subject = name.trimmedText
        let format = name.attribute("Format") ?? "unspecified"
        subjectType =
            format.hasSuffix(":persistent")
            ? "persistent" : format.hasSuffix(":transient") ? "transient" : format
        recipient = try Self.recipient(of: subject, at: time)
        var attributes: [String: [String]] = [:]
        for statement in assertion.elements("AttributeStatement", in: Self.namespace) {
            for attribute in statement.elements("Attribute", in: Self.namespace) {
                guard var name = attribute.attribute("Name") else { continue }
                if name.hasPrefix(Self.attributePrefix) {
                    name.removeFirst(Self.attributePrefix.count)
                }
                attributes[name, default: []] += attribute.elements(
                    "AttributeValue", in: Self.namespace
                ).map(\.trimmedText)
            }
        }
        self.attributes = attributes
    }

    /// The one assertion, signed by itself or with the response around it. Nothing but what was verified is read after.
    private static func signedAssertion(
        in root: XMLNode, _ metadata: SAMLProviderKeys
    ) throws -> XMLNode {
        let all = root.all
        let ids = all.compactMap { $0.attribute("ID") }
        let found = all.filter { $0.name == "Assertion" && $0.namespace == namespace }
        // Two elements of one name could be taken for each other.
        guard Set(ids).count == ids.count, found.count == 1 else {
            throw Failure.malformed("Response must contain exactly one assertion")
        }
        if root.name == "Assertion", root.namespace == namespace {
            guard XMLSignature.isValid(root, keys: metadata.keys) else {
                throw Failure.malformed("Response signature invalid")
            }
            return root
        }
        guard root.name == "Response", root.namespace == protocolNamespace,
            let assertion = root.only("Assertion", in: namespace)
        else { throw Failure.malformed("Response must contain exactly one assertion") }
        let isSigned =
            XMLSignature.isValid(assertion, keys: metadata.keys)
            || XMLSignature.isValid(root, keys: metadata.keys)
        guard isSigned else { throw Failure.malformed("Response signature invalid") }
        return assertion
    }

    private static func checkConditions(of assertion: XMLNode, at time: Instant) throws {
        guard let conditions = assertion.only("Conditions", in: namespace) else { return }
        if let start = conditions.attribute("NotBefore") {
            guard let start = Instant(iso8601: start), start <= time else {
                throw Failure.malformed("Assertion is not yet valid")
            }
        }
        if let end = conditions.attribute("NotOnOrAfter") {
            guard let end = Instant(iso8601: end), time < end else { throw Failure.expired }
        }
    }

    private static func recipient(of subject: XMLNode, at time: Instant) throws -> String {
        let data = subject.elements("SubjectConfirmation", in: namespace)
            .filter { $0.attribute("Method") == "urn:oasis:names:tc:SAML:2.0:cm:bearer" }
            .compactMap { $0.only("SubjectConfirmationData", in: namespace) }
        guard let confirmation = data.first, let recipient = confirmation.attribute("Recipient"),
            let end = confirmation.attribute("NotOnOrAfter").flatMap({ Instant(iso8601: $0) })
        else { throw Failure.malformed("Assertion has no confirmation of a bearer") }
        guard time < end else { throw Failure.expired }
        return recipient
    }
}
