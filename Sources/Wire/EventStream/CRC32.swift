/// The cyclic redundancy check of IEEE 802.3, as zlib computes it.
struct CRC32 {
    private var remainder: UInt32 = 0xFFFF_FFFF

    /// The check of all bytes so far.
    var value: UInt32 { ~remainder }

    /// Takes in more bytes.
    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            remainder =
                Self.table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320
        }
    }
}
