import HTTPTypes

extension HTTPField.Name {
    // SAFETY: each is a token as RFC 9110 has it, which is all that the initializer asks for.

    static let amzBucketRegion = HTTPField.Name("x-amz-bucket-region")!
    static let amzDeleteMarker = HTTPField.Name("x-amz-delete-marker")!
    static let amzVersionID = HTTPField.Name("x-amz-version-id")!
}
