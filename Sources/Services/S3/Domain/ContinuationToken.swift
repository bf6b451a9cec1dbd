import Wire

/// Where a listing goes on, as clients carry it: opaque to them, a key to us.
enum ContinuationToken {
    private static let version: UInt8 = 1

    static func encode(_ key: [UInt8]) -> String { Base64.encode([version] + key) }

    /// - Throws: `InvalidArgument`.
    static func decode(_ token: String) throws -> [UInt8] {
        guard let bytes = Base64.decode(token.utf8), bytes.first == version else {
            throw S3Failure.argument(
                "The continuation token provided is incorrect", "continuation-token", token)
        }
        return Array(bytes.dropFirst())
    }
}
