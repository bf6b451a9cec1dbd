package import HTTPTypes

extension HTTPField.Name {
    /// The identifier of a request, in the protocols of most services.
    package static let amazonRequestID = HTTPField.Name("x-amzn-RequestId")!
    /// The protocol of a request and of its response, in Smithy's own protocols.
    package static let smithyProtocol = HTTPField.Name("smithy-protocol")!
    /// The code of an error in the query protocol that a service had before: `Code;Sender`.
    package static let queryError = HTTPField.Name("x-amzn-query-error")!
}
