/// The checksums that S3's clients send beside or behind a body.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>
package enum ChecksumAlgorithm: String, CaseIterable, Sendable {
    case crc32 = "CRC32"
    case crc32c = "CRC32C"
    case crc64nvme = "CRC64NVME"
    case sha1 = "SHA1"
    case sha256 = "SHA256"

    /// The algorithm of a field such as `x-amz-checksum-crc32`, in lower case; `nil` where it names none that is known.
    package init?(field: String) {
        let prefix = "x-amz-checksum-"
        guard field.hasPrefix(prefix) else { return nil }
        self.init(rawValue: field.dropFirst(prefix.count).uppercased())
    }

    /// The checksum of all parts can be computed from the parts' own.
    package var isCombinable: Bool {
        switch self {
        case .crc32, .crc32c, .crc64nvme: true
        case .sha1, .sha256: false
        }
    }

    /// The bytes of a checksum.
    package var byteCount: Int {
        switch self {
        case .crc32, .crc32c: 4
        case .crc64nvme: 8
        case .sha1: 20
        case .sha256: 32
        }
    }

    /// The checksum of two runs of bytes, one after the other, from the checksum of each; `nil` for those that cannot be
    /// combined.
    ///
    /// - Parameter length: The bytes of the second run.
    package func combine(_ first: [UInt8], _ second: [UInt8], length: Int64) -> [UInt8]? {
        switch self {
        case .crc32, .crc32c:
            let tables: CRCTables<UInt32> = self == .crc32 ? .crc32 : .crc32c
            return bytes(of: tables.combine(word(first), word(second), length: length))
        case .crc64nvme:
            return bytes(
                of: CRCTables<UInt64>.crc64nvme.combine(word(first), word(second), length: length))
        case .sha1, .sha256: return nil
        }
    }

    private func word<Word: FixedWidthInteger>(_ bytes: [UInt8]) -> Word {
        bytes.reduce(0) { $0 << 8 | Word($1) }
    }
}

/// The bytes of a number, the most significant first.
func bytes(of word: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: word.bigEndian) { Array($0) }
}
