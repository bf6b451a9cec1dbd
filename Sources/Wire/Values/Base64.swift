/// Base64 as RFC 4648 defines it, with padding, and nothing else.
package enum Base64 {
    private static let digits: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// The value of each digit; 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// The text of `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: encodedBytes(of: bytes), as: UTF8.self)
    }

    /// The characters of the text of `bytes`.
    package static func encodedBytes(of bytes: some Collection<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var (group, count) = (UInt32(0), 0)
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                append(group, characters: 4, to: &text)
                (group, count) = (0, 0)
            }
        }
        if count > 0 {
            append(group << UInt32(8 * (3 - count)), characters: count + 1, to: &text)
            for _ in count..<3 { text.append(padding) }
        }
        return text
    }

    private static func append(_ group: UInt32, characters: Int, to text: inout [UInt8]) {
        for index in 0..<characters {
            text.append(digits[Int(group >> UInt32(18 - 6 * index) & 63)])
        }
    }

    /// The bytes of `text`; `nil` where it is not Base64. The padding may be left out, as some
    /// clients do.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        let isValid = values.withUnsafeBufferPointer { values -> Bool in
            var (group, digits, padded) = (UInt32(0), 0, 0)
            for character in text {
                if character == padding {
                    padded += 1
                    continue
                }
                let value = values[Int(character)]
                guard value < 64, padded == 0 else { return false }
                group = group << 6 | UInt32(value)
                digits += 1
                if digits == 4 {
                    bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                    bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                    bytes.append(UInt8(truncatingIfNeeded: group))
                    (group, digits) = (0, 0)
                }
            }
            return finish(group, digits: digits, padded: padded, in: &bytes)
        }
        return isValid ? bytes : nil
    }

    /// Adds the bytes of the last group, which has fewer than four digits.
    private static func finish(
        _ group: UInt32, digits: Int, padded: Int, in bytes: inout [UInt8]
    ) -> Bool {
        switch digits {
        case 0:
            return padded == 0
        case 2 where padded == 2 || padded == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 4))
            return true
        case 3 where padded <= 1:
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
            return true
        default:
            return false
        }
    }
}
