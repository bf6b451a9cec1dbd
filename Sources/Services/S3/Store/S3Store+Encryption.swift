import S3Model
import Wire

extension S3Store {
    /// How a new object is encrypted: as the request says, or else as the bucket does.
    ///
    /// - Throws: `InvalidArgument`, `NotImplemented`.
    func encryption(
        _ request: EncryptionRequest, in bucket: BucketRecord
    ) async throws -> ObjectEncryption {
        if request.customer != nil { throw S3Failure.notServed("SSE-C") }
        switch request.algorithm {
        case nil:
            if request.kmsKeyID != nil {
                throw S3Failure.argument(
                    "Server Side Encryption with KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                    "x-amz-server-side-encryption", "null")
            }
            return ObjectEncryption(algorithm: "AES256")
        case "AES256"?: return ObjectEncryption(algorithm: "AES256")
        case let algorithm?: throw S3Failure.notServed("Encryption with \(algorithm)")
        }
    }
}
