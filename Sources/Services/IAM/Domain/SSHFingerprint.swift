import Crypto
import Platform

/// The fingerprint of a public key of SSH: its MD5 digest, which tells keys apart and promises no more.
enum SSHFingerprint {
    /// `a1:b2:…`.
    static func text(of key: [UInt8]) -> String {
        Insecure.MD5.hash(data: key).map { Hexadecimal.string([$0]) }.joined(separator: ":")
    }
}
