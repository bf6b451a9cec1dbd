import Glibc

/// The only source of randomness and of identifiers made from it.
package protocol Randomness: Sendable {
    /// Returns `count` random bytes.
    func bytes(_ count: Int) -> [UInt8]
}

/// Randomness that is fit for keys and secrets.
package struct SystemRandomness: Randomness {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        // One call of the kernel, where the standard library's generator makes one for every eight bytes.
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                // It gives no more at once.
                let part = min(256, count - filled)
                let result = getentropy(buffer.baseAddress! + filled, part)
                precondition(result == 0, "the kernel has no randomness")
                filled += part
            }
        }
    }
}

extension Randomness {
    /// A version 4 UUID in lower case: `f81d4fae-7dec-41d0-a765-00a0c91e6bf6`.
    package func uuid() -> String {
        var bytes: [UInt8] = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text: [UInt8] = []
        text.reserveCapacity(36)
        Hexadecimal.append(bytes[..<4], to: &text)
        for part in [4..<6, 6..<8, 8..<10, 10..<16] {
            text.append(UInt8(ascii: "-"))
            Hexadecimal.append(bytes[part], to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `length` characters drawn evenly from `alphabet`, which holds 1 to 256 ASCII characters.
    package func string(_ length: Int, from alphabet: Alphabet) -> String {
        let characters: [UInt8] = alphabet.characters
        let limit = 256 - 256 % characters.count
        var picked: [UInt8] = []
        picked.reserveCapacity(length)
        while picked.count < length {
            for byte in bytes(length - picked.count) where Int(byte) < limit {
                picked.append(characters[Int(byte) % characters.count])
            }
        }
        return String(decoding: picked, as: UTF8.self)
    }

    /// A number from 0 up to but not including 1, every multiple of 2^-53 as likely as any other.
    package func fraction() -> Double {
        let word: UInt64 = bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
        return Double(word >> 11) * 0x1p-53
    }
}

/// The characters that an identifier is made of.
package struct Alphabet: Sendable {
    let characters: [UInt8]

    /// Makes an alphabet of the ASCII characters of `text`.
    package init(_ text: StaticString) {
        self.characters = text.withUTF8Buffer { Array($0) }
        precondition((1...256).contains(characters.count), "an alphabet has 1 to 256 characters")
    }

    /// `0-9a-f`
    package static let lowercaseHex = Alphabet("0123456789abcdef")
    /// `a-z0-9`: API and function URL identifiers.
    package static let lowercaseAlphanumeric = Alphabet("abcdefghijklmnopqrstuvwxyz0123456789")
    /// `A-Z2-7`: IAM's unique identifiers and access keys.
    package static let base32 = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    /// `A-Za-z0-9+/`: secret access keys.
    package static let base64 = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
