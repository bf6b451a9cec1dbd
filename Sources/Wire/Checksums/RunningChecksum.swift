import Crypto

/// A checksum of bytes that come one after the other.
package struct RunningChecksum: Sendable {
    private enum State: Sendable {
        case crc32(CRC<UInt32>)
        case crc64(CRC<UInt64>)
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    package let algorithm: ChecksumAlgorithm
    private var state: State

    /// Makes the checksum of nothing.
    package init(_ algorithm: ChecksumAlgorithm) {
        self.algorithm = algorithm
        switch algorithm {
        case .crc32: state = .crc32(CRC(.crc32))
        case .crc32c: state = .crc32(CRC(.crc32c))
        case .crc64nvme: state = .crc64(CRC(.crc64nvme))
        case .sha1: state = .sha1(Insecure.SHA1())
        case .sha256: state = .sha256(SHA256())
        }
    }

    /// Takes bytes in.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .crc32(var crc):
            crc.add(bytes)
            state = .crc32(crc)
        case .crc64(var crc):
            crc.add(bytes)
            state = .crc64(crc)
        case .sha1(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha1(hash)
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        }
    }

    /// The checksum of what was taken in, its most significant byte first.
    package var value: [UInt8] {
        switch state {
        case .crc32(let crc): bytes(of: crc.value)
        case .crc64(let crc): bytes(of: crc.value)
        case .sha1(let hash): Array(hash.finalize())
        case .sha256(let hash): Array(hash.finalize())
        }
    }
}
