import Crypto
import Platform
import S3Model

/// An account as S3's owners and grants name it: 64 hexadecimal digits that stand for one account.
enum CanonicalUser {
    static let anonymous = "65a011a29cdf8ec533ec3d1ccaae921c"

    /// The identifier of an account.
    static func id(of account: String) -> String {
        Hexadecimal.string(SHA256.hash(data: Array("canonical user of \(account)".utf8)))
    }

    static func owner(_ account: String) -> Owner { Owner(id: id(of: account)) }
}
