import HTTPTypes
import Platform
import Wire

/// What a request says of its signature, in the `Authorization` header or in the query (a presigned URL).
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
struct SignatureClaim: Sendable {
    /// The part of the request that carries the signature.
    enum Place: Sendable, Equatable {
        case header
        /// A presigned URL, good for so many seconds.
        case query(expiresSeconds: Int)
    }

    static let algorithm = "AWS4-HMAC-SHA256"
    /// The longest life of a presigned URL: a week.
    static let maximumExpiresSeconds = 604_800

    var place: Place
    var accessKeyID: String
    var scope: CredentialScope
    /// In lower case, in the order of the claim.
    var signedHeaders: [String]
    /// In hexadecimal.
    var signature: String
    /// As it was written: `20260131T235959Z`.
    var timestamp: String
    var time: Instant
    var sessionToken: String?

    /// Reads the claim of `request`; `nil` where it makes none.
    ///
    /// - Throws: `SignatureFailure`.
    init?(of request: WireRequest) throws {
        if let authorization = request.headers[.authorization], authorization.hasPrefix("AWS") {
            try self.init(authorization: authorization, of: request)
        } else if request.query.contains("X-Amz-") {
            let parameters = QueryItems(request.query)
            guard let algorithm = parameters["X-Amz-Algorithm"] ?? parameters["X-Amz-Signature"]
            else { return nil }
            guard parameters["X-Amz-Algorithm"] != nil else {
                throw SignatureFailure.incompleteQuery(missing: ["X-Amz-Algorithm"])
            }
            try self.init(parameters, algorithm: algorithm)
        } else {
            return nil
        }
    }

    private init(authorization: String, of request: WireRequest) throws {
        let header = AuthorizationHeader(authorization)
        try Self.check(algorithm: String(header.algorithm))
        let missing = header.missing
        guard missing.isEmpty else { throw SignatureFailure.incomplete(missing: missing) }
        guard let (timestamp, time) = try Self.time(of: request.headers) else {
            throw SignatureFailure.incomplete(missing: [])
        }
        (accessKeyID, scope) = try CredentialScope.parse(credential: String(header.credential))
        self.place = .header
        self.signature = String(header.signature)
        self.signedHeaders = Self.names(header.signedHeaders)
        self.timestamp = timestamp
        self.time = time
        self.sessionToken = request.headers[.amzSecurityToken]
    }

    private init(_ parameters: QueryItems, algorithm: String) throws {
        try Self.check(algorithm: algorithm)
        let needed = ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders"]
        let missing = needed.filter { (parameters[$0] ?? "").isEmpty }
        guard missing.isEmpty, let credential = parameters["X-Amz-Credential"],
            let signature = parameters["X-Amz-Signature"], let date = parameters["X-Amz-Date"],
            let signedHeaders = parameters["X-Amz-SignedHeaders"]
        else { throw SignatureFailure.incompleteQuery(missing: missing) }
        guard let time = Instant(iso8601: date) else { throw SignatureFailure.malformedDate(date) }
        (accessKeyID, scope) = try CredentialScope.parse(credential: credential)
        self.place = .query(expiresSeconds: try Self.expires(parameters["X-Amz-Expires"]))
        self.signature = signature
        self.signedHeaders = Self.names(signedHeaders)
        self.timestamp = date
        self.time = time
        self.sessionToken = parameters["X-Amz-Security-Token"]
    }

    /// The lifetime of a presigned URL. Only S3 demands the parameter; elsewhere a URL without it is good for as long as
    /// a signature in a header.
    private static func expires(_ text: String?) throws -> Int {
        guard let text else { return 15 * 60 }
        guard let seconds = Int(text) else { throw SignatureFailure.malformedExpires }
        guard seconds >= 0 else { throw SignatureFailure.negativeExpires }
        guard seconds <= maximumExpiresSeconds else { throw SignatureFailure.excessiveExpires }
        return seconds
    }

    private static func check(algorithm: String) throws {
        guard algorithm == Self.algorithm else {
            throw SignatureFailure.unsupportedAlgorithm(algorithm)
        }
    }

    /// `X-Amz-Date`, or else `Date`, which may be written as HTTP writes dates.
    private static func time(of headers: HTTPFields) throws -> (String, Instant)? {
        if let date = headers[.amzDate] {
            guard let time = Instant(iso8601: date) else {
                throw SignatureFailure.malformedDate(date)
            }
            return (date, time)
        }
        guard let date = headers[.date] else { return nil }
        if let time = Instant(iso8601: date) { return (date, time) }
        guard let time = Instant(httpDate: date) else { throw SignatureFailure.malformedDate(date) }
        return (time.iso8601Basic, time)
    }

    private static func names(_ list: some StringProtocol) -> [String] {
        list.utf8.split(separator: UInt8(ascii: ";")).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
    }
}
