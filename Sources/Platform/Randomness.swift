/// The only source of randomness and of identifiers made from it.
package protocol Randomness: Sendable {
    /// Returns `count` random bytes.
    func bytes(_ count: Int) -> [UInt8]
}

/// Randomness that is fit for keys and secrets.
package struct SystemRandomness: Randomness {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            var word: UInt64 = generator.next()
            for _ in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return bytes
    }
}

extension Randomness {
    /// A version 4 UUID in lower case: `f81d4fae-7dec-41d0-a765-00a0c91e6bf6`.
    package func uuid() -> String {
        var bytes: [UInt8] = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append("-") }
            text.append(Self.hexDigits[Int(byte >> 4)])
            text.append(Self.hexDigits[Int(byte & 15)])
        }
        return text
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

    private static var hexDigits: [Character] { Array("0123456789abcdef") }
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
