/// Zip archives for tests, each field as a test wants it: also archives that no tool would make.
package struct ZipFixture {
    /// A file, directory or link to put in.
    package struct Item {
        package var path: String
        package var contents: [UInt8]
        /// The Unix mode with the file's type, such as 0o100644.
        package var mode: UInt32 = 0o100644
        package var flags: UInt16 = 0
        package var method: UInt16 = 0
        /// What the directory claims; the truth where nil.
        package var claimedSize: UInt32?
        package var claimedChecksum: UInt32?

        /// Makes a file of `text`.
        package init(_ path: String, _ text: String = "", mode: UInt32 = 0o100644) {
            self.path = path
            self.contents = Array(text.utf8)
            self.mode = mode
        }
    }

    package var items: [Item]
    package var comment: String = ""

    package init(_ items: [Item]) {
        self.items = items
    }

    /// An archive of text files.
    package init(_ files: KeyValuePairs<String, String>) {
        items = files.map { Item($0.key, $0.value) }
    }

    /// The archive's bytes.
    package var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for item in items {
            let offset = UInt32(archive.count)
            let size = UInt32(item.contents.count)
            let shared =
                little(UInt16(20)) + little(item.flags) + little(item.method)
                + little(UInt32(0))
                + little(item.claimedChecksum ?? Self.crc32(item.contents))
                + little(size) + little(item.claimedSize ?? size)
                + little(UInt16(item.path.utf8.count)) + little(UInt16(0))
            archive += little(UInt32(0x0403_4b50)) + shared + Array(item.path.utf8) + item.contents
            directory +=
                little(UInt32(0x0201_4b50)) + little(UInt16(3 << 8 | 20)) + shared
                + little(UInt16(0)) + little(UInt16(0)) + little(UInt16(0))
                + little(item.mode << 16) + little(offset) + Array(item.path.utf8)
        }
        let count = UInt16(items.count)
        let end =
            little(UInt32(0x0605_4b50)) + little(UInt32(0)) + little(count) + little(count)
            + little(UInt32(directory.count)) + little(UInt32(archive.count))
            + little(UInt16(comment.utf8.count)) + Array(comment.utf8)
        return archive + directory + end
    }

    private func little<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * Number($0))) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var check = UInt32.max
        for byte in bytes {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check >> 1 ^ (check & 1 == 0 ? 0 : 0xEDB8_8320) }
        }
        return ~check
    }
}
