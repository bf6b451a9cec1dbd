import IAMModel
import Platform
import Wire

/// The address of an OpenID Connect provider.
struct ProviderURL: Sendable {
    private static let greatestLength = 255

    /// The address without its scheme, which is the provider's name.
    let name: String

    /// Reads the URL that a request gives.
    ///
    /// - Throws: `ValidationError`.
    init(_ text: String) throws {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
            throw AWSError("ValidationError", "Invalid Open ID Connect Provider URL")
        }
        let rest = text.drop { $0 != "/" }.dropFirst(2)
        let name = rest.last == "/" ? rest.dropLast() : rest
        guard !name.isEmpty, name.utf8.count <= Self.greatestLength, !name.contains("?"),
            name.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw AWSError("ValidationError", "Invalid Open ID Connect Provider URL") }
        self.name = String(name)
    }
}

/// The audiences and thumbprints of an OpenID Connect provider.
extension Entity {
    private static let clientLength = 1...255
    private static let thumbprintLength = 40

    var clients: [String] { texts("clients") }
    var thumbprints: [String] { texts("thumbprints") }

    /// Sets the audiences that tokens may be for.
    ///
    /// - Throws: `ValidationError`, `LimitExceeded`.
    mutating func set(clients: [String]) throws {
        guard clients.allSatisfy({ Self.clientLength.contains($0.unicodeScalars.count) }) else {
            throw AWSError(
                "ValidationError",
                "1 validation error detected: Value at 'clientIDList' failed to satisfy constraint: Member "
                    + "must satisfy constraint: [Member must have length less than or equal to 255, Member must "
                    + "have length greater than or equal to 1]")
        }
        guard clients.count <= IAMLimits.clientsPerProvider else {
            throw IAMLimits.exceeded(
                "ClientIdsPerOpenIdConnectProvider", IAMLimits.clientsPerProvider)
        }
        details["clients"] = .array(clients.map { .string($0) })
    }

    /// Sets the thumbprints of the certificates of the provider's keys.
    ///
    /// - Throws: `ValidationError`, `InvalidInput`.
    mutating func set(thumbprints: [String]) throws {
        guard thumbprints.allSatisfy({ $0.utf8.count == Self.thumbprintLength }) else {
            throw AWSError(
                "ValidationError",
                "1 validation error detected: Value at 'thumbprintList' failed to satisfy constraint: Member "
                    + "must satisfy constraint: [Member must have length less than or equal to 40, Member must "
                    + "have length greater than or equal to 40]")
        }
        guard thumbprints.count <= IAMLimits.thumbprintsPerProvider else {
            throw IAMError.invalidInputException(
                "Thumbprint list must contain fewer than 5 entries.")
        }
        details["thumbprints"] = .array(thumbprints.map { .string($0) })
    }

    private func texts(_ name: String) -> [String] {
        guard case .array(let elements)? = details[name] else { return [] }
        return elements.compactMap(\.stringValue)
    }
}

/// The document in which a SAML provider describes itself.
enum SAMLMetadata {
    private static let validityDays: Int64 = 36_500

    /// The document, once it is one.
    ///
    /// - Throws: `InvalidInput`.
    static func checked(_ text: String) throws -> String {
        guard text.contains("EntityDescriptor"), text.contains("IDPSSODescriptor") else {
            throw IAMError.invalidInputException("Could not parse metadata")
        }
        return text
    }

    /// When a provider is trusted no more.
    static func validity(from created: Instant) -> Instant {
        created + .seconds(validityDays * 86_400)
    }
}
