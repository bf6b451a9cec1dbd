import Crypto
import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Finds the keys that requests name, makes those of Apus's services when they are first asked for, and says what a
/// caller must be allowed to do with one.
struct KeyDirectory: Sendable {
    let store: KeyStore
    let maker: KeyMaker
    let clock: any Clock
    let randomness: any Randomness

    /// The key that `text` names.
    ///
    /// - Throws: `NotFoundException`, `InvalidArnException`.
    func find(_ text: String, in context: RequestContext) async throws -> KeyRecord {
        let reference = try KeyReference(text, in: context)
        if let key = try await store.key(reference) { return key }
        guard case .alias(let name) = reference.target else { throw KMSFailure.invalidKeyID(text) }
        guard AliasName.managed.contains(name), reference.account == context.account else {
            let arn = ARN(
                partition: context.partition, service: "kms", region: reference.region,
                account: reference.account, resource: name)
            throw KMSFailure.aliasNotFound(arn.description)
        }
        try await makeManagedKey(name, in: context)
        guard let key = try await store.key(reference) else {
            preconditionFailure("the alias \(name) names no key")
        }
        return key
    }

    /// The key that `text` names, which may be no alias.
    ///
    /// - Throws: `NotFoundException`, `InvalidArnException`.
    func findByID(_ text: String, in context: RequestContext) async throws -> KeyRecord {
        try await store.key(KeyReference.keyID(text, in: context))
    }

    /// Two that ask at once make one: the alias can be taken only once.
    private func makeManagedKey(_ alias: String, in context: RequestContext) async throws {
        let service = String(alias.dropFirst("alias/aws/".count))
        let id = randomness.uuid()
        let material = Material(try await maker.make(.symmetric), of: id)
        var key = KeyRecord(
            account: context.account, region: context.region, id: id, spec: .symmetric,
            usage: .encryptDecrypt, origin: .kms,
            description:
                "Default key that protects my \(service) data when no other key is defined",
            state: .enabled, created: clock.now,
            policy: KeyPolicy.managed(
                service: service, account: context.account, region: context.region,
                partition: context.partition))
        key.isManaged = true
        key.materialID = material.id
        key.rotationDays = KMSLimits.defaultRotationDays
        key.nextRotation = key.created + .seconds(KMSLimits.defaultRotationDays * 86_400)
        try await store.create(key, material: material, alias: alias)
    }

    // MARK: - Access

    /// What `action` on the key that `text` names needs.
    func access(
        _ action: String, to text: String, in context: RequestContext,
        _ conditions: [String: [String]] = [:], encryptionContext: [String: String]? = nil
    ) async throws -> [AccessRequest] {
        let key = try await find(text, in: context)
        var conditions = conditions
        if let start = text.firstRange(of: "alias/") {
            conditions["kms:RequestAlias"] = [String(text[start.lowerBound...])]
        }
        return [
            try await access(
                action, to: key, in: context, conditions, encryptionContext: encryptionContext)
        ]
    }

    /// What `action` on a key needs.
    ///
    /// - Parameter encryptionContext: what grants may be bound to.
    func access(
        _ action: String, to key: KeyRecord, in context: RequestContext,
        _ conditions: [String: [String]] = [:], encryptionContext: [String: String]? = nil
    ) async throws -> AccessRequest {
        let place = key.place
        let aliases = try await store.database.read { try $0.aliases(of: place) }
        var keys: [String: [String]] = [
            "kms:KeySpec": [key.spec.rawValue], "kms:KeyUsage": [key.usage.rawValue],
            "kms:KeyOrigin": [key.origin.rawValue], "kms:MultiRegion": ["\(key.isMultiRegion)"],
            "kms:CallerAccount": [context.principal.account ?? context.account],
            "kms:ResourceAliases": aliases,
        ]
        if key.isMultiRegion {
            keys["kms:MultiRegionKeyType"] = [key.isPrimary ? "PRIMARY" : "REPLICA"]
        }
        keys["kms:ViaService"] = Self.viaService(context).map { [$0] }
        keys.merge(conditions) { _, given in given }
        var request = AccessRequest(
            action, on: key.arn(partition: context.partition), conditionKeys: keys
        ) { key.policy }
        request.resourcePolicyRole = .isRequired
        request.resourceTags = { [store] in
            let tags = try await store.database.read { try $0.tags(of: place) }
            return Dictionary(tags.map { ($0.tagKey, $0.tagValue) }, uniquingKeysWith: { $1 })
        }
        let operation = String(action.dropFirst("kms:".count))
        request.isGranted = { [store] in
            try await store.database.read { try $0.grants(of: place) }.contains {
                $0.allows(
                    operation, to: context.principal, encryptionContext: encryptionContext ?? [:])
            }
        }
        return request
    }

    /// The service that calls for the principal, as `kms:ViaService` names it: `ssm.us-east-1.amazonaws.com`.
    private static func viaService(_ context: RequestContext) -> String? {
        guard let service = context.calledVia.last?.split(separator: ".").first else { return nil }
        return "\(service).\(context.region).amazonaws.com"
    }
}
