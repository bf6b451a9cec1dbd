import Crypto
import HTTPTypes
import Platform
import Wire

/// What a request to S3 says of its signature in version 2, in the `Authorization` header or in the query (a presigned URL).
///
/// AWS takes it for buckets that are old enough, and clients such as boto3 still presign so where nobody tells them otherwise.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>
struct SignatureV2Claim: Sendable {
    var accessKeyID: String
    /// In base64.
    var signature: String
    /// When a presigned URL ends; nil for a signature in a header.
    var expires: Instant?
    /// When the request was signed; nil for a presigned URL.
    var time: Instant?
    var sessionToken: String?
    /// What is signed.
    var stringToSign: String

    /// The parameters that are part of what is signed.
    private static let signedParameters: Set<String> = [
        "accelerate", "acl", "analytics", "cors", "delete", "encryption", "inventory", "lifecycle",
        "location", "logging", "metrics", "notification", "object-lock", "partNumber", "policy",
        "publicAccessBlock", "replication", "requestPayment", "response-cache-control",
        "response-content-disposition", "response-content-encoding", "response-content-language",
        "response-content-type", "response-expires", "restore", "retention", "legal-hold",
        "select", "select-type", "storageClass", "tagging", "torrent", "uploadId", "uploads",
        "versionId", "versioning", "versions", "website",
    ]

    /// Reads the claim of `request`; `nil` where it makes none.
    ///
    /// - Throws: `SignatureFailure`.
    init?(of request: WireRequest) throws {
        if let authorization = request.headers[.authorization], authorization.hasPrefix("AWS ") {
            let parts = authorization.dropFirst(4).split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw SignatureFailure.incomplete(missing: []) }
            accessKeyID = String(parts[0])
            signature = String(parts[1])
            let date = request.headers[.amzDate] ?? request.headers[.date]
            guard let date, let time = Instant(httpDate: date) ?? Instant(iso8601: date) else {
                throw SignatureFailure.malformedDate(date ?? "")
            }
            self.time = time
            sessionToken = request.headers[.amzSecurityToken]
            // With `x-amz-date`, which is signed among the headers, nothing stands for the date.
            let signedDate =
                request.headers[.amzDate] == nil ? request.headers[.date] ?? "" : ""
            stringToSign = Self.text(of: request, QueryItems(request.query), date: signedDate)
        } else if request.query.contains("AWSAccessKeyId=") {
            let parameters = QueryItems(request.query)
            guard let key = parameters["AWSAccessKeyId"],
                let signature = parameters["Signature"], let text = parameters["Expires"]
            else {
                throw SignatureFailure.incompleteQuery(missing: [])
            }
            guard let expires = Int64(text) else { throw SignatureFailure.malformedExpires }
            accessKeyID = key
            self.signature = signature
            self.expires = Instant(seconds: expires)
            sessionToken = parameters["x-amz-security-token"]
            stringToSign = Self.text(of: request, parameters, date: text)
        } else {
            return nil
        }
    }

    /// Whether the signature is that of a secret.
    func isValid(secret: String) -> Bool {
        guard let code = Base64.decode(signature.utf8) else { return false }
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
            code, authenticating: Array(stringToSign.utf8),
            using: SymmetricKey(data: Array(secret.utf8)))
    }

    private static func text(
        of request: WireRequest, _ parameters: QueryItems, date: String
    ) -> String {
        func value(_ name: HTTPField.Name) -> String {
            request.headers[name] ?? parameters[name.canonicalName] ?? ""
        }
        return """
            \(request.method.rawValue)
            \(value(.contentMD5))
            \(value(.contentType))
            \(date)
            \(headers(of: request, parameters))\(resource(of: request, parameters))
            """
    }

    /// The `x-amz-` headers, which a presigned URL may have in its query.
    private static func headers(of request: WireRequest, _ parameters: QueryItems) -> String {
        var values: [String: [String]] = [:]
        for field in request.headers where field.name.canonicalName.hasPrefix("x-amz-") {
            values[field.name.canonicalName, default: []].append(field.value)
        }
        for item in parameters.all where item.name.lowercased().hasPrefix("x-amz-") {
            values[item.name.lowercased(), default: []].append(item.value)
        }
        return values.sorted { $0.key < $1.key }
            .map { "\($0.key):\($0.value.joined(separator: ","))\n" }.joined()
    }

    private static func resource(of request: WireRequest, _ parameters: QueryItems) -> String {
        let path = request.resourcePath
        let names = parameters.all.filter { signedParameters.contains($0.name) }
            .sorted { $0.name < $1.name }
            .map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }
        let query = names.isEmpty ? "" : "?" + names.joined(separator: "&")
        return (path.isEmpty ? "/" : path) + query
    }
}
