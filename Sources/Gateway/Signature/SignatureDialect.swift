import Wire

/// How a service words that a signature does not let a request pass.
enum SignatureDialect: Sendable, Equatable {
    /// The query protocols, and REST over XML but for S3.
    case query
    case ec2
    /// AWS JSON and CBOR.
    case json
    /// REST over JSON: the codes of `json`, all with status 403.
    case restJSON
    case s3

    init(_ service: ServiceDescription, _ wireProtocol: WireProtocol) {
        self =
            switch wireProtocol {
            case .awsJSON10, .awsJSON11, .rpcV2CBOR: .json
            case .restJSON: .restJSON
            case .awsQuery: .query
            case .ec2Query: .ec2
            case .restXML: service.signingName == "s3" ? .s3 : .query
            }
    }

    /// S3 signs the path as it is sent; every other service encodes it once more.
    var encodesPathOnce: Bool { self == .s3 }
    /// Whether a request without a signature goes on as anonymous: a bucket's policy may let anybody in.
    var admitsAnonymous: Bool { self == .s3 }
    /// Whether a signed request must say what stands for its body.
    var requiresPayloadHash: Bool { self == .s3 }
}
