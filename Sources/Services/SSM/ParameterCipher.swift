import KMSModel
import Platform
import SSMModel
import ServiceKit
import Wire

/// Encrypts and decrypts values through KMS, with the rights of who asks.
///
/// Source: "AWS KMS encryption for AWS Systems Manager Parameter Store SecureString parameters" in the Systems Manager User
/// Guide. A standard parameter is encrypted by KMS itself; an advanced one, which may be larger, with a data key.
struct ParameterCipher: Sendable {
    static let standardKey = "alias/aws/ssm"

    let caller: ServiceCaller
    let randomness: any Randomness

    /// - Throws: `InvalidKeyId`, `AccessDeniedException`.
    func encrypt(
        _ value: [UInt8], keyID: String, tier: String, for place: ParameterPlace,
        in context: RequestContext
    ) async throws -> [UInt8] {
        let encryptionContext = Self.encryptionContext(place, context)
        let calling = context.calling(via: "ssm.amazonaws.com")
        return try await Self.withKeyErrors {
            guard tier == "Advanced" else {
                return try await caller.call(
                    KMSAPI.encrypt,
                    EncryptRequest(
                        keyId: keyID, plaintext: value, encryptionContext: encryptionContext),
                    in: calling
                ).ciphertextBlob ?? []
            }
            let made = try await caller.call(
                KMSAPI.generateDataKey,
                GenerateDataKeyRequest(
                    keyId: keyID, encryptionContext: encryptionContext, keySpec: "AES_256"),
                in: calling)
            return Envelope.seal(
                value, dataKey: made.plaintext ?? [], encryptedKey: made.ciphertextBlob ?? [],
                randomness: randomness)
        }
    }

    /// The value of a version in clear.
    ///
    /// - Throws: `InvalidKeyId`, `AccessDeniedException`.
    func value(of version: ParameterVersion, in context: RequestContext) async throws -> String {
        guard version.isSecure else { return version.plainText }
        let calling = context.calling(via: "ssm.amazonaws.com")
        let envelope = version.tier == "Advanced" ? Envelope(version.value) : nil
        let opened = try await Self.withKeyErrors {
            try await caller.call(
                KMSAPI.decrypt,
                DecryptRequest(
                    ciphertextBlob: envelope?.encryptedKey ?? version.value,
                    encryptionContext: Self.encryptionContext(version.place, context)),
                in: calling
            ).plaintext ?? []
        }
        guard let envelope else { return String(decoding: opened, as: UTF8.self) }
        guard let content = envelope.open(with: opened) else {
            throw SSMError.invalidKeyId("The parameter cannot be decrypted.")
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// The value as a request wants it: in clear, or as it is stored.
    func value(
        of version: ParameterVersion, decrypted: Bool?, in context: RequestContext
    ) async throws -> String {
        decrypted == true ? try await value(of: version, in: context) : version.plainText
    }

    private static func encryptionContext(
        _ place: ParameterPlace, _ context: RequestContext
    ) -> [String: String] {
        ["PARAMETER_ARN": place.arn(partition: context.partition)]
    }

    /// What KMS says of a key is an `InvalidKeyId` here, but for what the caller may not.
    private static func withKeyErrors<Value>(
        _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as AWSError
            where error.status < 500 && !error.code.hasPrefix("AccessDenied")
        {
            throw SSMError.invalidKeyId(error.message)
        }
    }
}
