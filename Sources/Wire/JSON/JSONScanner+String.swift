extension JSONScanner {
    /// What a scan finds out about a string.
    private struct Extent {
        /// The position of the closing quote.
        var end: Int
        var hasEscapes = false
        var isASCII = true
    }

    /// The string that stands next.
    mutating func string() throws(JSONError) -> String {
        let start = index + 1
        let extent = try extent(from: start)
        guard let text = try text(start, extent) else { throw error("Invalid UTF-8") }
        index = extent.end + 1
        return text
    }

    private mutating func text(_ start: Int, _ extent: Extent) throws(JSONError) -> String? {
        if extent.hasEscapes {
            return String(validating: try unescaped(start..<extent.end), as: UTF8.self)
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let utf8 = UnsafeBufferPointer(rebasing: bytes[start..<extent.end])
            // Nearly every text is ASCII, which needs no second look.
            return extent.isASCII
                ? String(decoding: utf8, as: UTF8.self) : String(validating: utf8, as: UTF8.self)
        }
    }

    /// The bytes of the Base64 text that stands next; `nil` where it is none.
    mutating func base64() throws(JSONError) -> [UInt8]? {
        let start = index + 1
        let extent = try extent(from: start)
        index = extent.end + 1
        // Some clients escape the slash.
        if extent.hasEscapes { return Base64.decode(try unescaped(start..<extent.end)) }
        return bytes.withUnsafeBufferPointer {
            Base64.decode(UnsafeBufferPointer(rebasing: $0[start..<extent.end]))
        }
    }

    /// Passes over the string that stands next.
    mutating func skipString() throws(JSONError) { _ = try string() }

    private mutating func extent(from start: Int) throws(JSONError) -> Extent {
        var extent = Extent(end: start)
        let isClosed = bytes.withUnsafeBufferPointer { bytes -> Bool in
            var (position, bits, hasEscapes) = (start, UInt8(0), false)
            defer { extent = Extent(end: position, hasEscapes: hasEscapes, isASCII: bits < 0x80) }
            while position < bytes.count {
                let byte = bytes[position]
                bits |= byte
                switch byte {
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
            index = min(extent.end, bytes.count)
            throw unexpected()
        }
        return extent
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
