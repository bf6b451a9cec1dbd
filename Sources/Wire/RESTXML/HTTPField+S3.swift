import HTTPTypes

extension HTTPField.Name {
    // SAFETY: each is a token as RFC 9110 has it, which is all that the initializer asks for.

    /// The identifier of a request, in S3.
    static let amzRequestID = HTTPField.Name("x-amz-request-id")!
    /// The second identifier of a request, in S3.
    static let amzID2 = HTTPField.Name("x-amz-id-2")!
}
