import HTTPTypes

extension HTTPField.Name {
    static let amzChecksumAlgorithm = HTTPField.Name("X-Amz-SDK-Checksum-Algorithm")!
    static let amzContentSHA256 = HTTPField.Name("X-Amz-Content-SHA256")!
    static let amzDate = HTTPField.Name("X-Amz-Date")!
    static let amzDecodedContentLength = HTTPField.Name("X-Amz-Decoded-Content-Length")!
    static let amzSecurityToken = HTTPField.Name("X-Amz-Security-Token")!
    static let amznTraceID = HTTPField.Name("X-Amzn-Trace-Id")!
    static let amzTrailer = HTTPField.Name("X-Amz-Trailer")!
    static let contentMD5 = HTTPField.Name("Content-MD5")!
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")!
    /// `Host`, which HTTP/2 sends as `:authority`; HTTPTypes knows only that.
    static let hostName = HTTPField.Name("Host")!
}
