import Crypto
import ServiceKit
import Wire

/// The ARN of a role: `arn:aws:iam::123456789012:role/path/name`.
struct RoleARN: Sendable {
    let text: String
    let account: String
    /// The name without the path.
    let name: String

    /// Reads a role's ARN.
    ///
    /// - Throws: `ValidationError`, in AWS's words, where it is no ARN or that of something else.
    init(_ text: String) throws {
        guard let arn = ARN(text) else { throw AWSError("ValidationError", "\(text) is invalid") }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard arn.service == "iam", arn.region.isEmpty, parts.count >= 2, parts[0] == "role",
            let name = parts.last, !name.isEmpty, arn.account.utf8.count == 12,
            arn.account.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw AWSError("ValidationError", "Request ARN is invalid") }
        self.text = text
        self.account = arn.account
        self.name = String(name)
    }

    /// The identifier of a role that exists nowhere: always the same for the same ARN, as a role's identifier is.
    var madeUpID: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let digest = SHA256.hash(data: Array(text.utf8))
        let characters = digest.prefix(17).map { alphabet[Int($0 & 31)] }
        return "AROA" + String(decoding: characters, as: UTF8.self)
    }
}
