/// Numbers and bytes in base 16.
package enum Hexadecimal {
    /// The bytes in lower case, two digits each.
    @inlinable
    package static func string(_ bytes: some Sequence<UInt8>) -> String {
        string(of: Array(bytes)[...])
    }

    /// The bytes in lower case; not generic, since every request has hashes to write.
    @usableFromInline
    static func string(of bytes: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = digit(byte >> 4)
                text[2 * index + 1] = digit(byte & 15)
            }
            return 2 * bytes.count
        }
    }

    static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The last `digits` digits of a number in lower case, with leading zeros.
    package static func string(_ number: UInt64, digits: Int) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(digits)
        for place in stride(from: digits - 1, through: 0, by: -1) {
            text.append(digit(UInt8(truncatingIfNeeded: number >> (4 * UInt64(place)) & 15)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` writes, two digits of either case each, or nil when it writes none.
    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(of: digits[index]), let low = value(of: digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
