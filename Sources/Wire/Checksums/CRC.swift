/// A cyclic redundancy check of 32 or 64 bits, reflected, eight bytes a step ("slicing by eight").
package struct CRC<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private let tables: CRCTables<Word>
    private var register: Word = .max

    /// Makes a check of nothing.
    package init(_ tables: CRCTables<Word>) {
        self.tables = tables
    }

    /// Takes bytes in.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var register = self.register
        var index = 0
        tables.words.withUnsafeBufferPointer { tables in
            while index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                let mixed = word ^ UInt64(register)
                register = 0
                for place in 0..<8 {
                    let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * place) & 0xFF)
                    register ^= tables[(7 - place) * 256 + byte]
                }
                index += 8
            }
            while index < bytes.count {
                let byte = Int(truncatingIfNeeded: register ^ Word(bytes[index])) & 0xFF
                register = tables[byte] ^ register >> 8
                index += 1
            }
        }
        self.register = register
    }

    /// The check of what was taken in.
    package var value: Word { ~register }
}

/// What a byte does to the register, at each of eight distances.
package struct CRCTables<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    fileprivate let words: [Word]
    private let polynomial: Word

    /// - Parameter polynomial: Reflected, without its highest term.
    package init(polynomial: Word) {
        self.polynomial = polynomial
        var words = [Word](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var word = Word(byte)
            for _ in 0..<8 { word = word & 1 == 1 ? word >> 1 ^ polynomial : word >> 1 }
            words[byte] = word
        }
        for index in 256..<words.count {
            let before = words[index - 256]
            words[index] = words[Int(before & 0xFF)] ^ before >> 8
        }
        self.words = words
    }

    /// The check of two runs of bytes, one after the other, from the checks of each.
    ///
    /// To append bytes is to move the first check by as many zero bytes, which is a product of matrices over GF(2).
    ///
    /// - Parameter length: The bytes of the second run.
    package func combine(_ first: Word, _ second: Word, length: Int64) -> Word {
        var rest = length
        guard rest > 0 else { return first }
        // What one zero bit does to the register; squared three times, what a byte does.
        var operation: [Word] =
            [polynomial] + (0..<Word.bitWidth - 1).map { Word(1) << Word($0) }
        for _ in 0..<3 { operation = Self.square(operation) }
        var check = first
        while rest > 0 {
            if rest & 1 == 1 { check = Self.product(operation, check) }
            operation = Self.square(operation)
            rest >>= 1
        }
        return check ^ second
    }

    private static func product(_ matrix: [Word], _ vector: Word) -> Word {
        var (sum, rest, row): (Word, Word, Int) = (0, vector, 0)
        while rest != 0 {
            if rest & 1 == 1 { sum ^= matrix[row] }
            rest >>= 1
            row += 1
        }
        return sum
    }

    private static func square(_ matrix: [Word]) -> [Word] {
        matrix.map { product(matrix, $0) }
    }
}

extension CRCTables<UInt32> {
    /// CRC-32, as in zip and PNG.
    package static let crc32 = CRCTables(polynomial: 0xEDB8_8320)
    /// CRC-32C (Castagnoli), as in iSCSI.
    package static let crc32c = CRCTables(polynomial: 0x82F6_3B78)
}

extension CRCTables<UInt64> {
    /// CRC-64/NVME.
    package static let crc64nvme = CRCTables(polynomial: 0x9A6C_9329_AC4B_C9B5)
}
