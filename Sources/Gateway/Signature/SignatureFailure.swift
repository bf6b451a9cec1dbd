import Platform

/// Why a request's signature does not let it pass.
enum SignatureFailure: Error, Sendable {
    /// There is no signature.
    case missing
    /// The `Authorization` header lacks these parts; with none of them, the request lacks a date.
    case incomplete(missing: [String])
    /// The query lacks these parameters.
    case incompleteQuery(missing: [String])
    case unsupportedAlgorithm(String)
    case malformedCredential(String)
    case wrongTerminator(String)
    case invalidRegion
    case malformedDate(String)
    /// The day of the scope is not the day of the request.
    case wrongDay(scope: String, timestamp: String)
    case hostNotSigned
    case malformedExpires
    case negativeExpires
    case excessiveExpires
    /// No such access key.
    case unknownKey(String)
    /// The temporary credentials have ended.
    case expiredToken
    /// The request was signed too long ago.
    case expired(signed: Instant, now: Instant, skew: Duration)
    /// The request was signed in the future.
    case notYetCurrent(signed: Instant, now: Instant, skew: Duration)
    /// The presigned URL's time is over.
    case urlExpired(expires: Instant, seconds: Int?, now: Instant)
    case mismatch(Mismatch)
    /// The body is not the one that the signature covers.
    case payloadMismatch(claimed: String, computed: String)
    case missingPayloadHash
    case malformedPayloadHash

    /// What the client should have signed.
    struct Mismatch: Sendable {
        var accessKeyID: String
        var signature: String
        var stringToSign: String
        /// Empty for a chunk, which has no canonical request.
        var canonicalRequest: String
    }
}
