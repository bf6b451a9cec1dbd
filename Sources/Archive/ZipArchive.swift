/// A zip archive in memory (APPNOTE 6.3.10: stored and deflated entries, ZIP64; no encryption, one disk).
///
/// The central directory alone says what is in the archive; of a local header nothing but its length counts.
package struct ZipArchive: Sendable {
    /// The entries in the order of the central directory.
    package let entries: [ZipEntry]
    let bytes: [UInt8]

    private static let entrySignature: UInt32 = 0x0201_4b50
    private static let localSignature: UInt32 = 0x0403_4b50

    /// Reads the directory of an archive. The contents are read, and checked, when they are asked for.
    ///
    /// - Throws: `ZipError`.
    package init(_ bytes: [UInt8]) throws(ZipError) {
        let directory = try ZipDirectory(of: bytes)
        var entries: [ZipEntry] = []
        guard var reader = ByteReader(bytes, at: directory.offset, count: directory.size) else {
            throw .malformed("the directory lies outside the archive")
        }
        for _ in 0..<directory.count { entries.append(try Self.entry(&reader)) }
        guard reader.isAtEnd else { throw .malformed("the directory has more than its entries") }
        self.entries = entries
        self.bytes = bytes
    }

    /// The uncompressed size that the directory claims, in bytes.
    package var size: Int {
        entries.reduce(0) { sum, entry in
            let (total, overflow) = sum.addingReportingOverflow(entry.size)
            return overflow ? .max : total
        }
    }

    /// The uncompressed bytes of an entry.
    ///
    /// - Throws: `ZipError.corrupt` where they are not those that were packed, `.tooManyBytes` past `limit`.
    package func contents(of entry: ZipEntry, upTo limit: Int) throws(ZipError) -> [UInt8] {
        guard entry.size <= limit else { throw .tooManyBytes(limit: limit) }
        var contents: [UInt8] = []
        contents.reserveCapacity(entry.size)
        try forEachChunk(of: entry) { chunk throws(ZipError) in contents.append(contentsOf: chunk) }
        return contents
    }

    /// Hands the uncompressed bytes of an entry to `body`, a chunk at a time.
    ///
    /// - Throws: `ZipError.corrupt` after the last chunk where they are not those that were packed.
    func forEachChunk(
        of entry: ZipEntry, _ body: (UnsafeRawBufferPointer) throws(ZipError) -> Void
    ) throws(ZipError) {
        let data = try packed(entry)
        var check = EntryCheck(entry)
        switch entry.method {
        case .stored:
            try Inflater.withBytes(of: data) { bytes throws(ZipError) in
                try check.add(bytes)
                try body(bytes)
            }
        case .deflated:
            try Inflater.inflate(data, of: entry.path) { chunk throws(ZipError) in
                try check.add(chunk)
                try body(chunk)
            }
        }
        try check.finish()
    }

    /// The bytes of an entry as they stand in the archive.
    private func packed(_ entry: ZipEntry) throws(ZipError) -> ArraySlice<UInt8> {
        guard var header = ByteReader(bytes, at: entry.headerOffset),
            try header.uint32() == Self.localSignature
        else { throw .malformed("\(entry.path) has no local header") }
        try header.skip(22)
        let (nameLength, extraLength) = (try header.uint16(), try header.uint16())
        try header.skip(nameLength + extraLength)
        return try header.slice(entry.compressedSize)
    }

    private static func entry(_ reader: inout ByteReader) throws(ZipError) -> ZipEntry {
        guard try reader.uint32() == entrySignature else {
            throw .malformed("the directory is damaged")
        }
        let madeBy = try reader.uint16()
        try reader.skip(2)
        let flags = try reader.uint16()
        let method = UInt16(try reader.uint16())
        try reader.skip(4)
        let checksum = try reader.uint32()
        let (packedSize, size) = (try reader.uint32(), try reader.uint32())
        let nameLength = try reader.uint16()
        let (extraLength, commentLength) = (try reader.uint16(), try reader.uint16())
        try reader.skip(4)
        let attributes = try reader.uint32()
        let offset = try reader.uint32()
        let path = String(decoding: try reader.slice(nameLength), as: UTF8.self)
        var sizes = EntrySizes(size: size, compressedSize: packedSize, headerOffset: offset)
        try sizes.resolve(with: try reader.slice(extraLength))
        try reader.skip(commentLength)
        guard flags & 1 == 0, flags & 0x40 == 0 else {
            throw .unsupported("\(path) is encrypted")
        }
        guard let method = ZipEntry.Method(rawValue: method) else {
            throw .unsupported("\(path) is compressed by method \(method)")
        }
        return ZipEntry(
            path: path, attributes: attributes, isFromUnix: madeBy >> 8 == 3, size: sizes.size,
            method: method, checksum: checksum, compressedSize: sizes.compressedSize,
            headerOffset: sizes.headerOffset)
    }
}

/// The sizes of an entry, which stand in the ZIP64 extra field where 32 bits are too few.
private struct EntrySizes {
    var size: Int
    var compressedSize: Int
    var headerOffset: Int

    init(size: UInt32, compressedSize: UInt32, headerOffset: UInt32) {
        self.size = Int(size)
        self.compressedSize = Int(compressedSize)
        self.headerOffset = Int(headerOffset)
    }

    mutating func resolve(with extra: ArraySlice<UInt8>) throws(ZipError) {
        let elsewhere = Int(UInt32.max)
        guard size == elsewhere || compressedSize == elsewhere || headerOffset == elsewhere else {
            return
        }
        let fields = Array(extra)
        guard var reader = ByteReader(fields, at: 0) else { return }
        while !reader.isAtEnd {
            let (kind, length) = (try reader.uint16(), try reader.uint16())
            guard kind == 1 else {
                try reader.skip(length)
                continue
            }
            if size == elsewhere { size = try reader.size64() }
            if compressedSize == elsewhere { compressedSize = try reader.size64() }
            if headerOffset == elsewhere { headerOffset = try reader.size64() }
            return
        }
        throw .malformed("a ZIP64 field is missing")
    }
}
