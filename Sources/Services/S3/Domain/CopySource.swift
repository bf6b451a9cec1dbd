import Wire

/// An `x-amz-copy-source` header: `/bucket/key?versionId=…`, encoded as URLs are.
struct CopySource: Sendable {
    var bucket: String
    var key: String
    var versionID: String?

    /// - Throws: `InvalidArgument`.
    init(_ header: String) throws {
        let failure = S3Failure.argument(
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
            "x-amz-copy-source", header)
        var path = header[...]
        var version: String?
        if let mark = header.range(of: "?versionId=") {
            path = header[..<mark.lowerBound]
            version = PercentEncoding.decode(header[mark.upperBound...])
        }
        guard var decoded = PercentEncoding.decode(path, plusIsSpace: false) else { throw failure }
        if decoded.hasPrefix("/") { decoded.removeFirst() }
        if decoded.hasPrefix("arn:") { throw S3Failure.notServed("An access point") }
        let parts = decoded.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw failure }
        bucket = String(parts[0])
        key = String(parts[1])
        versionID = version.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension String {
    /// Where `text` stands in it first.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        let (bytes, wanted) = (utf8, Array(text.utf8))
        var start = bytes.startIndex
        while start != bytes.endIndex {
            if bytes[start...].starts(with: wanted) {
                return start..<bytes.index(start, offsetBy: wanted.count)
            }
            start = bytes.index(after: start)
        }
        return nil
    }
}
