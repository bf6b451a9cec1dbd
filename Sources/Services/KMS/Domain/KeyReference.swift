import KMSModel
import ServiceKit
import Wire

/// What a request calls a key: its identifier, its ARN, the name of an alias, or the alias's ARN.
struct KeyReference: Sendable {
    enum Target: Sendable {
        case key(String)
        /// The name with `alias/` before it.
        case alias(String)
    }

    var account: String
    var region: String
    var target: Target

    /// Reads `text`. An ARN may be of another account, never of another region.
    ///
    /// - Throws: `NotFoundException`, `InvalidArnException`.
    init(_ text: String, in context: RequestContext) throws {
        account = context.account
        region = context.region
        var name = text
        if text.hasPrefix("arn:") {
            guard let arn = ARN(text), arn.service == "kms" else {
                throw KMSError.invalidArnException("Invalid arn \(text)")
            }
            guard arn.region == context.region else {
                throw KMSError.notFoundException("Invalid arn \(arn.region)")
            }
            account = arn.account
            if arn.resource.hasPrefix("key/") {
                name = String(arn.resource.dropFirst(4))
            } else if arn.resource.hasPrefix("alias/") {
                name = arn.resource
            } else {
                throw KMSError.invalidArnException("Invalid arn \(text)")
            }
        }
        if name.hasPrefix("alias/") {
            target = .alias(name)
        } else if Self.isIdentifier(name) {
            target = .key(name)
        } else {
            throw KMSFailure.invalidKeyID(text)
        }
    }

    /// Reads `text` where aliases are not taken.
    ///
    /// - Throws: `NotFoundException`, `InvalidArnException`.
    static func keyID(_ text: String, in context: RequestContext) throws -> KeyPlace {
        let reference = try KeyReference(text, in: context)
        guard case .key(let id) = reference.target else { throw KMSFailure.invalidKeyID(text) }
        return KeyPlace(account: reference.account, region: reference.region, id: id)
    }

    /// Whether `text` is a UUID, or `mrk-` and 32 hexadecimal digits.
    private static func isIdentifier(_ text: String) -> Bool {
        let isHex: (UInt8) -> Bool = { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
        }
        if text.hasPrefix("mrk-") {
            return text.utf8.count == 36 && text.utf8.dropFirst(4).allSatisfy(isHex)
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy(isHex) }
    }
}
