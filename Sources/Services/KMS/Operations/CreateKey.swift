import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Makes a key.
///
/// Source: API_CreateKey in the KMS API Reference.
struct CreateKey: OperationHandler {
    static let operation = KMSAPI.createKey
    let keys: KeyDirectory

    func access(for input: CreateKeyRequest, in context: RequestContext) -> [AccessRequest] {
        var conditions: [String: [String]] = [
            "kms:KeySpec": [specName(input)],
            "kms:KeyUsage": [input.keyUsage ?? KeyUsage.encryptDecrypt.rawValue],
            "kms:KeyOrigin": [input.origin ?? KeyRecord.Origin.kms.rawValue],
            "kms:MultiRegion": ["\(input.multiRegion ?? false)"],
            "kms:BypassPolicyLockoutSafetyCheck": [
                "\(input.bypassPolicyLockoutSafetyCheck ?? false)"
            ],
            "kms:CallerAccount": [context.account],
        ]
        conditions["aws:TagKeys"] = input.tags.map { $0.map(\.tagKey) }
        for tag in input.tags ?? [] { conditions["aws:RequestTag/\(tag.tagKey)"] = [tag.tagValue] }
        var requests = [AccessRequest("kms:CreateKey", conditionKeys: conditions)]
        if input.tags?.isEmpty == false {
            requests.append(AccessRequest("kms:TagResource", conditionKeys: conditions))
        }
        return requests
    }

    func handle(
        _ input: CreateKeyRequest, in context: RequestContext
    ) async throws -> CreateKeyResponse {
        let (spec, usage) = try kind(of: input)
        let origin = try origin(of: input, spec)
        try TagRules.check(input.tags ?? [])
        if let policy = input.policy {
            try KeyPolicy.check(
                policy, bypassingLockoutCheck: input.bypassPolicyLockoutSafetyCheck, in: context)
        }
        let isMultiRegion = input.multiRegion ?? false
        let id =
            isMultiRegion
            ? "mrk-" + keys.randomness.string(32, from: .lowercaseHex) : keys.randomness.uuid()
        var key = KeyRecord(
            account: context.account, region: context.region, id: id, spec: spec, usage: usage,
            origin: origin, description: input.description ?? "",
            state: origin == .external ? .pendingImport : .enabled, created: keys.clock.now,
            policy: input.policy
                ?? KeyPolicy.standard(account: context.account, partition: context.partition))
        key.primaryRegion = isMultiRegion ? context.region : nil
        var material: Material?
        if origin == .kms {
            let made = Material(try await keys.maker.make(spec), of: id)
            key.materialID = made.id
            material = made
        }
        try await keys.store.create(key, material: material, tags: input.tags ?? [])
        return CreateKeyResponse(
            keyMetadata: try await keys.store.metadata(of: key, in: context))
    }

    private func specName(_ input: CreateKeyRequest) -> String {
        input.keySpec ?? input.customerMasterKeySpec ?? KeySpec.symmetric.rawValue
    }

    private func kind(of input: CreateKeyRequest) throws -> (KeySpec, KeyUsage) {
        guard input.keySpec == nil || input.customerMasterKeySpec == nil else {
            throw KMSFailure.validation(
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                    + "CustomerMasterKeySpec is deprecated.")
        }
        let name = specName(input)
        guard let spec = KeySpec(rawValue: name) else {
            throw KMSFailure.unsupported("KeySpec \(name) is not served by Apus.")
        }
        let given = input.keyUsage.flatMap(KeyUsage.init)
        guard let usage = given ?? (spec == .symmetric ? .encryptDecrypt : nil) else {
            throw KMSFailure.validation(
                "You must specify a KeyUsage value for all KMS keys except for symmetric "
                    + "encryption keys.")
        }
        guard spec.usages.contains(usage) else {
            throw KMSFailure.validation(
                "KeyUsage \(usage.rawValue) is not compatible with KeySpec \(name)")
        }
        return (spec, usage)
    }

    private func origin(of input: CreateKeyRequest, _ spec: KeySpec) throws -> KeyRecord.Origin {
        let name = input.origin ?? KeyRecord.Origin.kms.rawValue
        guard let origin = KeyRecord.Origin(rawValue: name), input.customKeyStoreId == nil,
            input.xksKeyId == nil
        else {
            throw KMSFailure.unsupported("Custom key stores are not served by Apus.")
        }
        if origin == .external, spec.family == .edwards || spec.family == .latticeSignature {
            throw KMSFailure.unsupported("KeySpec \(spec.rawValue) takes no imported key material.")
        }
        return origin
    }
}
