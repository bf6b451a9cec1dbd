import KMSModel
import Platform
import SecretsManagerModel
import ServiceKit
import Wire

/// Encrypts and decrypts values with data keys of KMS, with the rights of who asks.
///
/// Source: "Secret encryption and decryption" in the Secrets Manager User Guide.
struct SecretCipher: Sendable {
    static let standardKey = "alias/aws/secretsmanager"

    let caller: ServiceCaller
    let randomness: any Randomness

    /// - Throws: `EncryptionFailure`, `AccessDeniedException`.
    func encrypt(
        _ value: SecretValue, keyID: String?, arn: String, version: String,
        in context: RequestContext
    ) async throws -> [UInt8] {
        let request = GenerateDataKeyRequest(
            keyId: keyID ?? Self.standardKey, encryptionContext: Self.bound(arn, version),
            keySpec: "AES_256")
        do {
            let made = try await caller.call(
                KMSAPI.generateDataKey, request, in: Self.calling(context))
            return Envelope.seal(
                value.bytes, dataKey: made.plaintext ?? [],
                encryptedKey: made.ciphertextBlob ?? [], randomness: randomness)
        } catch let error as AWSError where Self.isOfKey(error) {
            throw SecretsManagerError.encryptionFailure(
                "Secrets Manager can't encrypt the protected secret text using the provided KMS "
                    + "key: \(error.message)")
        }
    }

    /// - Throws: `DecryptionFailure`, `AccessDeniedException`.
    func decrypt(
        _ sealed: (bytes: [UInt8], isBinary: Bool), arn: String, version: String,
        in context: RequestContext
    ) async throws -> SecretValue {
        let envelope = Envelope(sealed.bytes)
        let request = DecryptRequest(
            ciphertextBlob: envelope?.encryptedKey ?? [],
            encryptionContext: Self.bound(arn, version))
        do {
            let key = try await caller.call(KMSAPI.decrypt, request, in: Self.calling(context))
            if let bytes = envelope?.open(with: key.plaintext ?? []) {
                return SecretValue(bytes: bytes, isBinary: sealed.isBinary)
            }
        } catch let error as AWSError where Self.isOfKey(error) {
            throw SecretsManagerError.decryptionFailure(
                "Secrets Manager can't decrypt the protected secret text using the provided KMS "
                    + "key: \(error.message)")
        }
        throw SecretsManagerError.decryptionFailure(
            "Secrets Manager can't decrypt the protected secret text using the provided KMS key.")
    }

    private static func bound(_ arn: String, _ version: String) -> [String: String] {
        ["SecretARN": arn, "SecretVersionId": version]
    }

    private static func calling(_ context: RequestContext) -> RequestContext {
        context.calling(via: "secretsmanager.amazonaws.com")
    }

    /// Whether KMS refuses the key itself, not the caller.
    private static func isOfKey(_ error: AWSError) -> Bool {
        error.status < 500 && !error.code.hasPrefix("AccessDenied")
    }
}
