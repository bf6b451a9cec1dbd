/// Writes CBOR items (RFC 8949), each head in its shortest form.
struct CBOREncoder {
    private(set) var bytes: [UInt8] = []

    /// Begins a map that `end` ends.
    mutating func beginMap() { bytes.append(0xBF) }

    /// Begins a map of `count` entries.
    mutating func beginMap(count: Int) { head(major: 5, UInt64(count)) }

    /// Begins an array of `count` elements.
    mutating func beginArray(count: Int) { head(major: 4, UInt64(count)) }

    /// Ends a map of indefinite length.
    mutating func end() { bytes.append(0xFF) }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 {
            head(major: 3, UInt64($0.count))
            bytes.append(contentsOf: $0)
        }
    }

    mutating func byteString(_ value: [UInt8]) {
        head(major: 2, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func integer(_ value: Int64) {
        if value < 0 {
            head(major: 1, UInt64(bitPattern: ~value))
        } else {
            head(major: 0, UInt64(value))
        }
    }

    mutating func boolean(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    mutating func null() { bytes.append(0xF6) }

    /// Writes a float of 32 bits where that loses nothing, of 64 bits elsewhere.
    mutating func float(_ value: Double) {
        if let single = Float(exactly: value) {
            bytes.append(0xFA)
            bigEndian(single.bitPattern)
        } else {
            bytes.append(0xFB)
            bigEndian(value.bitPattern)
        }
    }

    /// Tags the item that follows.
    mutating func tag(_ value: UInt64) { head(major: 6, value) }

    private mutating func head(major: UInt8, _ argument: UInt64) {
        let major = major << 5
        switch argument {
        case 0...23: bytes.append(major | UInt8(argument))
        case 24...0xFF:
            bytes.append(major | 24)
            bytes.append(UInt8(argument))
        case 0x100...0xFFFF:
            bytes.append(major | 25)
            bigEndian(UInt16(argument))
        case 0x1_0000...0xFFFF_FFFF:
            bytes.append(major | 26)
            bigEndian(UInt32(argument))
        default:
            bytes.append(major | 27)
            bigEndian(argument)
        }
    }

    private mutating func bigEndian(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
