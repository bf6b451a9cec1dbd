/// Reads little-endian numbers from a part of an array, with a check on every step.
struct ByteReader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// Makes a reader of `range`, or nil where the array has no such range.
    init?(_ bytes: [UInt8], at offset: Int, count: Int? = nil) {
        guard offset >= 0, offset <= bytes.count else { return nil }
        let count = count ?? bytes.count - offset
        guard count >= 0, count <= bytes.count - offset else { return nil }
        self.bytes = bytes
        self.position = offset
        self.end = offset + count
    }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type
    ) throws(ZipError) -> Number {
        let size = Number.bitWidth / 8
        guard end - position >= size else { throw .malformed("a header is cut off") }
        var value: Number = 0
        for index in (0..<size).reversed() { value = value << 8 | Number(bytes[position + index]) }
        position += size
        return value
    }

    mutating func uint16() throws(ZipError) -> Int { Int(try number(UInt16.self)) }

    mutating func uint32() throws(ZipError) -> UInt32 { try number(UInt32.self) }

    /// A 64-bit number that counts bytes, so it must be one that memory could hold.
    mutating func size64() throws(ZipError) -> Int {
        guard let size = Int(exactly: try number(UInt64.self)) else {
            throw .malformed("a size is out of range")
        }
        return size
    }

    mutating func skip(_ count: Int) throws(ZipError) {
        guard end - position >= count else { throw .malformed("a header is cut off") }
        position += count
    }

    mutating func slice(_ count: Int) throws(ZipError) -> ArraySlice<UInt8> {
        let start = position
        try skip(count)
        return bytes[start..<position]
    }

    var isAtEnd: Bool { position == end }
}
