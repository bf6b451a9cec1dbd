import Crypto
import Platform
import Wire

/// Signs requests with AWS Signature Version 4.
///
/// Source: "Create a signed AWS API request" in the IAM User Guide.
struct RequestSigner {
    let accessKeyID: String
    let secretAccessKey: String
    let region: String
    let service: String

    /// The headers that make a signed request of this one.
    ///
    /// - Parameters:
    ///   - path: percent-encoded, as it is sent.
    ///   - query: names and values, not encoded.
    func headers(
        method: String, path: String, query: [(String, String)], authority: String, body: [UInt8],
        at time: Instant
    ) -> [(String, String)] {
        let timestamp = time.iso8601Basic
        let scope = "\(timestamp.prefix(8))/\(region)/\(service)/aws4_request"
        let bodyHash = Self.hash(body)
        let signed = [
            ("host", authority), ("x-amz-content-sha256", bodyHash), ("x-amz-date", timestamp),
        ]
        let names = signed.map(\.0).joined(separator: ";")
        // Every service but S3 signs the path encoded once more than it is sent.
        let canonical = [
            method, PercentEncoding.encode(path, allowing: "/"), Self.canonicalQuery(query),
            signed.map { "\($0):\($1)\n" }.joined(), names, bodyHash,
        ].joined(separator: "\n")
        let text = [
            "AWS4-HMAC-SHA256", timestamp, scope, Self.hash(Array(canonical.utf8)),
        ].joined(separator: "\n")
        let signature = Hexadecimal.string(Self.code(of: text, key: key(on: timestamp.prefix(8))))
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), "
            + "SignedHeaders=\(names), Signature=\(signature)"
        return signed + [("authorization", authorization)]
    }

    /// The query as it is sent: encoded, and sorted as signatures want it.
    static func canonicalQuery(_ query: [(String, String)]) -> String {
        query.map { (PercentEncoding.encode($0), PercentEncoding.encode($1)) }
            .sorted { $0 < $1 }
            .map { "\($0)=\($1)" }.joined(separator: "&")
    }

    private func key(on date: Substring) -> [UInt8] {
        var key = Array("AWS4\(secretAccessKey)".utf8)
        for part in [String(date), region, service, "aws4_request"] {
            key = Self.code(of: part, key: key)
        }
        return key
    }

    private static func code(of text: String, key: [UInt8]) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(SHA256.hash(data: bytes))
    }
}
