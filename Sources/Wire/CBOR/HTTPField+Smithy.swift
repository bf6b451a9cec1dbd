package import HTTPTypes

extension HTTPField.Name {
    // SAFETY: a token as RFC 9110 has it, which is all that the initializer asks for.

    /// The protocol of a request and of its response, in Smithy's own protocols.
    package static let smithyProtocol = HTTPField.Name("smithy-protocol")!
}
