/// Where the central directory of an archive stands, as the record at its end says.
struct ZipDirectory {
    let offset: Int
    let size: Int
    let count: Int

    private static let endSignature: UInt32 = 0x0605_4b50
    private static let end64Signature: UInt32 = 0x0606_4b50
    private static let locatorSignature: UInt32 = 0x0706_4b50
    private static let endBytes = 22
    private static let locatorBytes = 20
    /// An entry has at least so many bytes in the directory.
    private static let leastEntryBytes = 46

    init(of bytes: [UInt8]) throws(ZipError) {
        let end = try Self.endOffset(in: bytes)
        guard var reader = ByteReader(bytes, at: end) else { throw .malformed("no end record") }
        try reader.skip(4)
        let (disk, directoryDisk) = (try reader.uint16(), try reader.uint16())
        let (countHere, count) = (try reader.uint16(), try reader.uint16())
        let (size, offset) = (try reader.uint32(), try reader.uint32())
        if count == Int(UInt16.max) || size == .max || offset == .max,
            let directory = try Self.zip64(in: bytes, endingAt: end)
        {
            self = directory
        } else {
            guard disk == 0, directoryDisk == 0, countHere == count else {
                throw .unsupported("the archive spans several disks")
            }
            self.init(offset: Int(offset), size: Int(size), count: count)
        }
        // No count makes us read, or reserve, more than there is.
        guard self.count <= self.size / Self.leastEntryBytes else {
            throw .malformed("the directory is too small for its entries")
        }
    }

    private init(offset: Int, size: Int, count: Int) {
        self.offset = offset
        self.size = size
        self.count = count
    }

    /// The end record stands before the archive's comment, which has up to 65,535 bytes.
    private static func endOffset(in bytes: [UInt8]) throws(ZipError) -> Int {
        var offset = bytes.count - endBytes
        let least = max(0, offset - Int(UInt16.max))
        while offset >= least {
            if bytes[offset] == 0x50, var reader = ByteReader(bytes, at: offset),
                try reader.uint32() == endSignature
            {
                try reader.skip(16)
                if try reader.uint16() == bytes.count - offset - endBytes { return offset }
            }
            offset -= 1
        }
        throw .malformed("there is no end record")
    }

    private static func zip64(
        in bytes: [UInt8], endingAt end: Int
    ) throws(ZipError) -> ZipDirectory? {
        guard var locator = ByteReader(bytes, at: end - locatorBytes),
            try locator.uint32() == locatorSignature
        else { return nil }
        try locator.skip(4)
        let recordOffset = try locator.size64()
        guard var reader = ByteReader(bytes, at: recordOffset),
            try reader.uint32() == end64Signature
        else { throw .malformed("there is no ZIP64 end record") }
        try reader.skip(12)
        let (disk, directoryDisk) = (try reader.uint32(), try reader.uint32())
        let (countHere, count) = (try reader.size64(), try reader.size64())
        guard disk == 0, directoryDisk == 0, countHere == count else {
            throw .unsupported("the archive spans several disks")
        }
        let size = try reader.size64()
        return ZipDirectory(offset: try reader.size64(), size: size, count: count)
    }
}
