import CZlib
import Glibc

/// Makes a zip archive in memory. The same entries make the same bytes, since every entry has the same date.
package struct ZipWriter: Sendable {
    private static let localSignature: UInt32 = 0x0403_4b50
    private static let entrySignature: UInt32 = 0x0201_4b50
    private static let endSignature: UInt32 = 0x0605_4b50
    /// Version 2.0, which has deflate; in the upper byte 3, which says that the attributes are of Unix.
    private static let version: UInt16 = 20
    private static let madeBy: UInt16 = 3 << 8 | 20
    /// Names are UTF-8.
    private static let flags: UInt16 = 1 << 11
    /// 1980-01-01, the first day that an archive can name.
    private static let date: UInt16 = 1 << 5 | 1

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    package init() {}

    /// Adds a file, compressed where that makes it smaller.
    ///
    /// - Parameters:
    ///   - path: its components parted by `/`.
    ///   - permissions: the permission bits, such as 0755.
    /// - Throws: `ZipError` where the archive would need ZIP64.
    package mutating func addFile(
        _ path: String, contents: [UInt8], permissions: UInt16 = 0o644
    ) throws(ZipError) {
        let packed = Deflater.deflate(contents)
        try add(path, contents, packed: packed, mode: UInt32(S_IFREG) | UInt32(permissions))
    }

    /// Adds a symbolic link.
    ///
    /// - Throws: `ZipError` where the archive would need ZIP64.
    package mutating func addLink(_ path: String, to target: String) throws(ZipError) {
        try add(path, Array(target.utf8), packed: nil, mode: UInt32(S_IFLNK) | 0o777)
    }

    /// The archive of everything that was added.
    package func finish() -> [UInt8] {
        var end: [UInt8] = []
        end.append(little: Self.endSignature)
        end.append(little: UInt32(0))
        end.append(little: count)
        end.append(little: count)
        end.append(little: UInt32(directory.count))
        end.append(little: UInt32(bytes.count))
        end.append(little: UInt16(0))
        return bytes + directory + end
    }

    private mutating func add(
        _ path: String, _ contents: [UInt8], packed: [UInt8]?, mode: UInt32
    ) throws(ZipError) {
        let data = packed ?? contents
        let name = Array(path.utf8)
        let offset = bytes.count
        guard count < .max - 1, name.count <= Int(UInt16.max), contents.count < Int(UInt32.max),
            offset + directory.count + data.count + 3 * name.count < Int(UInt32.max) - 1024
        else { throw .unsupported("an archive of 65,535 entries or 4 GiB and more") }
        var common: [UInt8] = []
        common.append(little: Self.version)
        common.append(little: Self.flags)
        common.append(little: UInt16(packed == nil ? 0 : 8))
        common.append(little: UInt16(0))
        common.append(little: Self.date)
        common.append(little: Self.checksum(of: contents))
        common.append(little: UInt32(data.count))
        common.append(little: UInt32(contents.count))
        common.append(little: UInt16(name.count))
        common.append(little: UInt16(0))

        bytes.append(little: Self.localSignature)
        bytes += common
        bytes += name
        bytes += data

        directory.append(little: Self.entrySignature)
        directory.append(little: Self.madeBy)
        directory += common
        directory += [UInt8](repeating: 0, count: 6)
        directory.append(little: mode << 16)
        directory.append(little: UInt32(offset))
        directory += name
        count += 1
    }

    private static func checksum(of contents: [UInt8]) -> UInt32 {
        contents.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
        }
    }
}

extension [UInt8] {
    /// Appends a number, its lowest byte first.
    fileprivate mutating func append(little number: some FixedWidthInteger & UnsignedInteger) {
        for place in 0..<number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> (8 * place)))
        }
    }
}
