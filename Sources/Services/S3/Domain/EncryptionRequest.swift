import Crypto
import Wire

/// How a request wants an object encrypted.
struct EncryptionRequest: Sendable {
    var algorithm: String?
    var kmsKeyID: String?
    var hasBucketKey: Bool?
    /// In base64 of JSON.
    var kmsContext: String?
    var customer: CustomerKey?
}

/// A key of the customer's, as a request carries it.
struct CustomerKey: Sendable {
    private let algorithm: String?
    private let key: String?
    let md5: String?

    /// Nil where the request has none of the three headers.
    init?(_ algorithm: String?, _ key: String?, _ md5: String?) {
        if algorithm == nil, key == nil, md5 == nil { return nil }
        self.algorithm = algorithm
        self.key = key
        self.md5 = md5
    }

    /// The key's 32 bytes.
    ///
    /// - Throws: `InvalidArgument`, `InvalidEncryptionAlgorithmError`.
    func checked() throws -> [UInt8] {
        let prefix = "x-amz-server-side-encryption-customer"
        guard let algorithm else {
            throw S3Failure.argument(
                "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
                "\(prefix)-algorithm", "null")
        }
        guard algorithm == "AES256" else {
            throw AWSError(
                "InvalidEncryptionAlgorithmError",
                "The encryption request you specified is not valid. The valid value is AES256.",
                status: 400)
        }
        guard let key else {
            throw S3Failure.argument(
                "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
                "\(prefix)-key", "null")
        }
        guard let bytes = Base64.decode(key.utf8), bytes.count == ObjectCipher.keyBytes else {
            throw S3Failure.argument(
                "The secret key was invalid for the specified algorithm.", "\(prefix)-key", "null")
        }
        guard let md5 else {
            throw S3Failure.argument(
                "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of "
                    + "the secret key.", "\(prefix)-key-MD5", "null")
        }
        guard Base64.encode(Array(Insecure.MD5.hash(data: bytes))) == md5 else {
            throw S3Failure.argument(
                "The calculated MD5 hash of the key did not match the hash that was provided.",
                "\(prefix)-key-MD5", md5)
        }
        return bytes
    }
}
