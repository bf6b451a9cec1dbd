/// The format in which the events of a stream are written.
package struct EventFormat: Sendable {
    /// The media type of the events: `application/json`.
    package let contentType: String
    /// Runs its argument on a writer of the format and returns what was written.
    package let encode: @Sendable (_ write: (any BodyWriter) -> Void) -> [UInt8]
    /// The payload that says what an error is.
    package let encodeError: @Sendable (AWSError) -> [UInt8]

    package init(
        contentType: String,
        encode: @escaping @Sendable (_ write: (any BodyWriter) -> Void) -> [UInt8],
        encodeError: @escaping @Sendable (AWSError) -> [UInt8]
    ) {
        self.contentType = contentType
        self.encode = encode
        self.encodeError = encodeError
    }
}
