/// Why an archive could not be read or extracted.
package enum ZipError: Error, Equatable, Sendable {
    /// The bytes are no zip archive, or parts of it contradict each other.
    case malformed(String)
    /// The archive has what this reader does not know: encryption, a compression method, several disks.
    case unsupported(String)
    /// An entry does not decompress to the bytes that its checksum was made of.
    case corrupt(entry: String)
    /// An entry would be written outside the directory.
    case unsafePath(String)
    /// The archive has more bytes, uncompressed, than the limits allow.
    case tooManyBytes(limit: Int)
    /// The archive has more entries than the limits allow.
    case tooManyEntries(limit: Int)
    /// The file system did not take a file; the text is for the operator's log.
    case notWritten(String)
}
