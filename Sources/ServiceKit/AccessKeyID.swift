package import Platform

/// The identifiers of access keys, which tell the account that they belong to.
///
/// After four letters come ten bytes in base 32. Of the first six, the topmost bit is set, the next 40 are the account,
/// and the rest is random like the last four.
package enum AccessKeyID {
    /// How long a key lasts, and the letters that it begins with.
    package enum Kind: String, Sendable {
        case lasting = "AKIA"
        case temporary = "ASIA"
    }

    private static let prefixes: Set<Substring> = ["AKIA", "ASIA"]
    private static let alphabet: [UInt8] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    private static let accountShift: UInt64 = 7
    private static let accountBits: UInt64 = (1 << 40) - 1
    private static let mark: UInt64 = 1 << 47

    /// Makes an identifier for credentials of `account`, whose name is 12 digits.
    package static func make(
        _ kind: Kind, account: String, randomness: any Randomness
    ) -> String {
        let random: UInt64 = randomness.bytes(5).reduce(0) { $0 << 8 | UInt64($1) }
        let number = UInt64(account) ?? 0
        let head = mark | number << accountShift | random >> 32 & 0x7F
        var bits: [UInt8] = []
        for place in stride(from: 40, through: 0, by: -8) {
            bits.append(UInt8(head >> UInt64(place) & 255))
        }
        for place in stride(from: 24, through: 0, by: -8) {
            bits.append(UInt8(random >> UInt64(place) & 255))
        }
        return kind.rawValue + encode(bits)
    }

    /// The account that a key belongs to; `nil` for keys that do not tell.
    package static func account(of id: String) -> String? {
        guard id.utf8.count == 20, prefixes.contains(id.prefix(4)),
            let head = decodeHead(id.utf8.dropFirst(4)), head & mark != 0
        else { return nil }
        let account = String(head >> accountShift & accountBits)
        guard account.utf8.count <= 12 else { return nil }
        return String(repeating: "0", count: 12 - account.utf8.count) + account
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, count): (UInt64, Int) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt64(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt64(count) & 31)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The first six of the ten bytes.
    private static func decodeHead(_ text: Substring.UTF8View) -> UInt64? {
        var head: UInt64 = 0
        for character in text.prefix(10) {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            head = head << 5 | UInt64(digit)
        }
        return head >> 2
    }
}
