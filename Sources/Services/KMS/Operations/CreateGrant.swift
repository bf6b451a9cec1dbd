import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Lets somebody use a key beside what its policy says.
///
/// Source: API_CreateGrant in the KMS API Reference.
struct CreateGrant: OperationHandler {
    static let operation = KMSAPI.createGrant
    let keys: KeyDirectory

    func access(
        for input: CreateGrantRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions: [String: [String]] = [
            "kms:GranteePrincipal": [input.granteePrincipal],
            "kms:GrantOperations": input.operations,
            "kms:GrantIsForAWSResource": ["\(!context.calledVia.isEmpty)"],
        ]
        conditions["kms:RetiringPrincipal"] = input.retiringPrincipal.map { [$0] }
        if input.constraints?.encryptionContextEquals != nil {
            conditions["kms:GrantConstraintType"] = ["EncryptionContextEquals"]
        } else if input.constraints?.encryptionContextSubset != nil {
            conditions["kms:GrantConstraintType"] = ["EncryptionContextSubset"]
        }
        return try await keys.access("kms:CreateGrant", to: input.keyId, in: context, conditions)
    }

    func handle(
        _ input: CreateGrantRequest, in context: RequestContext
    ) async throws -> CreateGrantResponse {
        let place = try KeyReference.keyID(input.keyId, in: context)
        let grant = Grant(
            id: keys.randomness.string(64, from: .lowercaseHex),
            token: keys.randomness.string(216, from: .base64), name: input.name,
            grantee: input.granteePrincipal, retiring: input.retiringPrincipal,
            issuer: context.principal.arn, operations: input.operations,
            contextEquals: input.constraints?.encryptionContextEquals,
            contextSubset: input.constraints?.encryptionContextSubset, created: keys.clock.now)
        guard !grant.operations.isEmpty else {
            throw KMSFailure.validation("A grant needs at least one operation.")
        }
        let made = try await keys.store.database.write { transaction in
            let key = try transaction.key(place)
            try key.requireEnabled()
            try Self.check(grant.operations, suit: key)
            let others = try transaction.grants(of: place)
            if grant.name != nil, let same = others.first(where: { $0.gives(theSameAs: grant) }) {
                return same
            }
            guard others.count < KMSLimits.grantsPerKey else {
                throw KMSError.limitExceededException(
                    "A KMS key can have no more than \(KMSLimits.grantsPerKey) grants.")
            }
            if input.dryRun != true { try transaction.insert(grant, of: place) }
            return grant
        }
        try KMSFailure.endDryRun(input.dryRun)
        return CreateGrantResponse(grantToken: made.token, grantId: made.id)
    }

    /// Operations that a key cannot do are not granted.
    private static func check(_ operations: [String], suit key: KeyRecord) throws {
        let general: Set<String> = ["CreateGrant", "RetireGrant", "DescribeKey"]
        let suiting: Set<String> =
            switch key.usage {
            case .encryptDecrypt where key.spec == .symmetric:
                [
                    "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey",
                    "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair",
                    "GenerateDataKeyPairWithoutPlaintext",
                ]
            case .encryptDecrypt:
                ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GetPublicKey"]
            case .signVerify: ["Sign", "Verify", "GetPublicKey"]
            case .mac: ["GenerateMac", "VerifyMac"]
            case .keyAgreement: ["DeriveSharedSecret", "GetPublicKey"]
            }
        for operation in operations where !general.union(suiting).contains(operation) {
            throw KMSFailure.validation(
                "Grant operation \(operation) is not valid for a KMS key with key spec "
                    + "\(key.spec.rawValue) and key usage \(key.usage.rawValue).")
        }
    }
}
