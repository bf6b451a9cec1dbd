import KMSModel
import Platform
import S3Model
import ServiceKit
import Wire

/// The keys of objects. Every object's bytes have a key of their own; it is sealed under the root key (SSE-S3), a key of KMS
/// (SSE-KMS) or the customer's (SSE-C), so that a copy needs its key sealed anew and its bytes not at all.
extension S3Store {
    private static let purpose = "object"

    /// A new key.
    func newKey() -> [UInt8] { randomness.bytes(ObjectCipher.keyBytes) }

    /// Seals the key of an object as its request says, or else as its bucket does.
    ///
    /// - Throws: `InvalidArgument`; KMS's errors.
    func seal(
        _ key: [UInt8], _ request: EncryptionRequest, for object: String, in bucket: BucketRecord,
        _ context: RequestContext
    ) async throws -> ObjectEncryption {
        if let customer = request.customer {
            guard request.algorithm == nil else {
                throw S3Failure.argument(
                    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                    "x-amz-server-side-encryption", request.algorithm ?? "")
            }
            return seal(key, under: try customer.checked(), md5: customer.md5)
        }
        var request = request
        if request.algorithm == nil {
            guard request.kmsKeyID == nil else {
                throw S3Failure.argument(
                    "Server Side Encryption with KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                    "x-amz-server-side-encryption", "null")
            }
            try await applyDefault(to: &request, of: bucket)
        }
        var encryption = ObjectEncryption()
        encryption.algorithm = request.algorithm
        guard request.algorithm != "AES256" else {
            guard request.kmsKeyID == nil else {
                throw S3Failure.argument(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                    "x-amz-server-side-encryption", "AES256")
            }
            encryption.sealedKey = rootKey.seal(
                key, for: Self.purpose, bindingTo: "", randomness: randomness)
            return encryption
        }
        encryption.hasBucketKey = request.hasBucketKey == true ? true : nil
        try await sealByKMS(key, &encryption, request, for: object, in: bucket, context)
        return encryption
    }

    private func seal(_ key: [UInt8], under customerKey: [UInt8], md5: String?) -> ObjectEncryption
    {
        var encryption = ObjectEncryption()
        encryption.customerKeyMD5 = md5
        encryption.sealedKey = RootKey(customerKey).seal(
            key, for: Self.purpose, bindingTo: "", randomness: randomness)
        return encryption
    }

    private func applyDefault(
        to request: inout EncryptionRequest, of bucket: BucketRecord
    ) async throws {
        let found: ServerSideEncryptionConfiguration? = try await setting(.encryption, of: bucket)
        let rule = found?.rules.first
        let standard = rule?.applyServerSideEncryptionByDefault
        request.algorithm = standard?.sseAlgorithm ?? "AES256"
        request.kmsKeyID = standard?.kmsMasterKeyID
        request.hasBucketKey = request.hasBucketKey ?? rule?.bucketKeyEnabled
    }

    private func sealByKMS(
        _ key: [UInt8], _ encryption: inout ObjectEncryption, _ request: EncryptionRequest,
        for object: String, in bucket: BucketRecord, _ context: RequestContext
    ) async throws {
        var kmsContext: [String: String] = [:]
        if let text = request.kmsContext {
            guard let bytes = Base64.decode(text.utf8),
                case .object(let members)? = try? Document(json: bytes)
            else {
                throw S3Failure.argument(
                    "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON "
                        + "which represents a string-string map",
                    "x-amz-server-side-encryption-context", text)
            }
            kmsContext = members.compactMapValues(\.stringValue)
        }
        kmsContext["aws:s3:arn"] =
            encryption.hasBucketKey == true ? bucket.arn : "\(bucket.arn)/\(object)"
        let answer = try await callKMS(
            KMSAPI.generateDataKey,
            GenerateDataKeyRequest(
                keyId: request.kmsKeyID ?? "alias/aws/s3", encryptionContext: kmsContext,
                keySpec: "AES_256"), bucket, context)
        guard let plaintext = answer.plaintext, plaintext.count == RootKey.byteCount else {
            preconditionFailure("KMS makes data keys of 32 bytes")
        }
        encryption.kmsKeyID = answer.keyId
        encryption.encryptedKey = answer.ciphertextBlob
        encryption.kmsContext = kmsContext
        encryption.sealedKey = RootKey(plaintext).seal(
            key, for: Self.purpose, bindingTo: "", randomness: randomness)
    }

    /// The key of an object's bytes.
    ///
    /// - Parameter customer: the key that the request carries.
    /// - Throws: `InvalidRequest`, `AccessDenied`; KMS's errors.
    func key(
        of encryption: ObjectEncryption?, _ customer: CustomerKey?, in bucket: BucketRecord,
        _ context: RequestContext
    ) async throws -> [UInt8] {
        guard let encryption else { throw ObjectCipher.Damaged() }
        try Self.check(encryption, customer)
        let sealing: RootKey
        if let customer, encryption.customerKeyMD5 != nil {
            let bytes = try customer.checked()
            guard customer.md5 == encryption.customerKeyMD5 else { throw S3Failure.accessDenied }
            sealing = RootKey(bytes)
        } else if let encrypted = encryption.encryptedKey {
            let answer = try await callKMS(
                KMSAPI.decrypt,
                DecryptRequest(
                    ciphertextBlob: encrypted, encryptionContext: encryption.kmsContext,
                    keyId: encryption.kmsKeyID), bucket, context)
            sealing = RootKey(answer.plaintext ?? [])
        } else {
            sealing = rootKey
        }
        guard
            let key = sealing.open(encryption.sealedKey, for: Self.purpose, bindingTo: "")
        else { throw ObjectCipher.Damaged() }
        return key
    }

    /// Checks that a request carries a customer's key where the object has one, and none where it has none.
    ///
    /// - Throws: `InvalidRequest`.
    static func check(_ encryption: ObjectEncryption?, _ customer: CustomerKey?) throws {
        switch (encryption?.customerKeyMD5, customer) {
        case (nil, nil), (_?, _?): return
        case (_?, nil):
            throw S3Failure.invalidRequest(
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
                    + "retrieve the object.")
        case (nil, _?):
            throw S3Failure.invalidRequest(
                "The encryption parameters are not applicable to this object.")
        }
    }

    /// The cipher of an object's bytes.
    ///
    /// - Throws: as `key`.
    func cipher(
        of object: ObjectRecord, _ customer: CustomerKey?, in bucket: BucketRecord,
        _ context: RequestContext
    ) async throws -> ObjectCipher {
        ObjectCipher(
            try await key(of: object.details.encryption, customer, in: bucket, context))
    }

    /// Calls KMS as the caller, who needs the right to the key, in the region of the bucket.
    private func callKMS<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, _ bucket: BucketRecord,
        _ context: RequestContext
    ) async throws -> Output {
        var context = context.calling(via: "s3.amazonaws.com")
        context.region = bucket.region
        do {
            return try await caller.call(operation, input, in: context)
        } catch let error as AWSError {
            switch error.code {
            case "AccessDeniedException", "AccessDenied":
                throw AWSError("AccessDenied", error.message, status: 403)
            case let code where code.hasSuffix("Exception"):
                throw AWSError("KMS.\(code)", error.message, status: 400)
            default: throw error
            }
        }
    }
}
