extension JSONScanner {
    /// The string that stands next.
    mutating func string() throws(JSONError) -> String {
        let start = index + 1
        let (end, hasEscapes) = try endOfString(from: start)
        let text =
            hasEscapes
            ? String(validating: try unescaped(start..<end), as: UTF8.self)
            : bytes.withUnsafeBufferPointer {
                String(validating: UnsafeBufferPointer(rebasing: $0[start..<end]), as: UTF8.self)
            }
        guard let text else { throw error("Invalid UTF-8") }
        index = end + 1
        return text
    }

    /// The bytes of the Base64 text that stands next; `nil` where it is none.
    mutating func base64() throws(JSONError) -> [UInt8]? {
        let start = index + 1
        let (end, hasEscapes) = try endOfString(from: start)
        index = end + 1
        // Some clients escape the slash.
        if hasEscapes { return Base64.decode(try unescaped(start..<end)) }
        return bytes.withUnsafeBufferPointer {
            Base64.decode(UnsafeBufferPointer(rebasing: $0[start..<end]))
        }
    }

    /// Passes over the string that stands next.
    mutating func skipString() throws(JSONError) { _ = try string() }

    /// The position of the closing quote, and whether there are escapes before it.
    private mutating func endOfString(from start: Int) throws(JSONError) -> (Int, Bool) {
        var (position, hasEscapes) = (start, false)
        let isClosed = bytes.withUnsafeBufferPointer { bytes -> Bool in
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""): return true
                case UInt8(ascii: "\\"):
                    hasEscapes = true
                    position += 2
                case ..<0x20: return false
                default: position += 1
                }
            }
            return false
        }
        guard isClosed else {
            index = min(position, bytes.count)
            throw unexpected()
        }
        return (position, hasEscapes)
    }

    /// The bytes of `range` with escapes replaced. The range does not end in the middle of an
    /// escape.
    private mutating func unescaped(_ range: Range<Int>) throws(JSONError) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                text.append(
                    contentsOf: String(Character(try escapedScalar(before: range.upperBound))).utf8)
            default:
                index -= 1
                throw unexpected()
            }
        }
        return text
    }

    /// What follows `\u`: one scalar, from one escape or from the two of a surrogate pair.
    private mutating func escapedScalar(before end: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal(before: end)
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        guard first < 0xDC00, index + 1 < end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw error("Unpaired surrogate") }
        index += 2
        let second = try hexadecimal(before: end)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw error("Unpaired surrogate") }
        return scalar
    }

    private mutating func hexadecimal(before end: Int) throws(JSONError) -> UInt16 {
        guard index + 4 <= end else { throw error("Unexpected end of an escape") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue,
                bytes[index] < 0x80
            else { throw unexpected() }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }
}
