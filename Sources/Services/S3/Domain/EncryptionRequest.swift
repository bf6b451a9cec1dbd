import Crypto
import Wire

/// How a request wants an object encrypted.
struct EncryptionRequest: Sendable {
    var algorithm: String?
    var kmsKeyID: String?
    var hasBucketKey: Bool?
    var customer: CustomerKey?
}

/// A key of the customer's, as a request carries it.
struct CustomerKey: Sendable {
    var algorithm: String?
    var key: String?
    var md5: String?

    /// Nil where the request has none of the three headers.
    init?(_ algorithm: String?, _ key: String?, _ md5: String?) {
        if algorithm == nil, key == nil, md5 == nil { return nil }
        self.algorithm = algorithm
        self.key = key
        self.md5 = md5
    }
}
