import Crypto
import Platform

/// The six digits that a virtual device shows for half a minute (TOTP, RFC 6238).
enum OneTimeCode {
    private static let periodSeconds: Int64 = 30

    /// The number of the half minute that a time is in.
    static func step(at time: Instant) -> Int64 { time.seconds / periodSeconds }

    /// The code of a half minute.
    static func code(_ seed: [UInt8], step: Int64) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> (8 * Int64($0))) }
        let digest = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: counter, using: SymmetricKey(data: seed)))
        let offset = Int(digest[digest.count - 1] & 15)
        let number = digest[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let code = String((number & 0x7FFF_FFFF) % 1_000_000)
        return String(repeating: "0", count: 6 - code.utf8.count) + code
    }
}
