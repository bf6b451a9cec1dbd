import HTTPTypes
import Wire

/// The headers that a presigned URL of S3 carries in its query, so that who uses it need not send them.
enum PresignedHeaders {
    /// What belongs to the signature itself.
    private static let excluded: Set<String> = [
        "x-amz-algorithm", "x-amz-content-sha256", "x-amz-credential", "x-amz-date",
        "x-amz-expires", "x-amz-security-token", "x-amz-signature", "x-amz-signedheaders",
    ]

    /// Makes them headers, where the request does not have them.
    static func move(in request: inout WireRequest) {
        for item in QueryItems(request.query).all {
            let name = item.name.lowercased()
            guard name.hasPrefix("x-amz-"), !excluded.contains(name),
                let field = HTTPField.Name(name), request.headers[field] == nil
            else { continue }
            request.headers[field] = item.value
        }
    }
}
