import Wire

/// The `Content-MD5` header.
enum ContentMD5 {
    /// The digest that a header names; nil where there is none.
    ///
    /// - Throws: `InvalidDigest`.
    static func digest(_ header: String?) throws -> [UInt8]? {
        guard let header else { return nil }
        guard let digest = Base64.decode(header.utf8), digest.count == 16 else {
            throw S3Failure.invalidDigest(header)
        }
        return digest
    }
}
