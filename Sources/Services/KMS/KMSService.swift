import Jobs
import KMSModel
import Platform
package import ServiceKit
package import Storage

/// The Key Management Service: keys whose secrets never leave, and what is done with them.
package final class KMSService: ApusService {
    private let keys: KeyDirectory
    private let jobs: JobQueue

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        jobs = JobQueue(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        let store = KeyStore(
            database: database, jobs: jobs, rootKey: dependencies.rootKey,
            randomness: dependencies.randomness)
        let maker = KeyMaker(randomness: dependencies.randomness)
        keys = KeyDirectory(
            store: store, maker: maker, clock: dependencies.clock,
            randomness: dependencies.randomness)
        jobs.register(KeyRotation(store: store, maker: maker, clock: dependencies.clock).handler)
        jobs.register(KeyDeletion(store: store, clock: dependencies.clock).handler)
        jobs.register(MaterialExpiry(store: store, clock: dependencies.clock).handler)
    }

    package func register(with registry: inout ServiceRegistry) {
        registerKeys(&registry.operations)
        registerUses(&registry.operations)
        registerBelongings(&registry.operations)
    }

    private func registerKeys(_ operations: inout OperationRouter) {
        operations.register(CreateKey(keys: keys))
        operations.register(DescribeKey(keys: keys))
        operations.register(ListKeys(keys: keys))
        operations.register(EnableKey(keys: keys))
        operations.register(DisableKey(keys: keys))
        operations.register(UpdateKeyDescription(keys: keys))
        operations.register(ScheduleKeyDeletion(keys: keys))
        operations.register(CancelKeyDeletion(keys: keys))
        operations.register(EnableKeyRotation(keys: keys))
        operations.register(DisableKeyRotation(keys: keys))
        operations.register(GetKeyRotationStatus(keys: keys))
        operations.register(RotateKeyOnDemand(keys: keys))
        operations.register(ListKeyRotations(keys: keys))
        operations.register(ReplicateKey(keys: keys))
        operations.register(UpdatePrimaryRegion(keys: keys))
        operations.register(GetParametersForImport(keys: keys))
        operations.register(ImportKeyMaterial(keys: keys))
        operations.register(DeleteImportedKeyMaterial(keys: keys))
    }

    private func registerUses(_ operations: inout OperationRouter) {
        let cipher = KeyCipher(keys: keys)
        operations.register(Encrypt(cipher: cipher))
        operations.register(Decrypt(cipher: cipher))
        operations.register(ReEncrypt(cipher: cipher))
        operations.register(GenerateDataKey(cipher: cipher))
        operations.register(GenerateDataKeyWithoutPlaintext(cipher: cipher))
        operations.register(GenerateDataKeyPair(cipher: cipher))
        operations.register(GenerateDataKeyPairWithoutPlaintext(cipher: cipher))
        operations.register(GenerateRandom(randomness: keys.randomness))
        operations.register(Sign(keys: keys))
        operations.register(Verify(keys: keys))
        operations.register(GenerateMac(keys: keys))
        operations.register(VerifyMac(keys: keys))
        operations.register(GetPublicKey(keys: keys))
        operations.register(DeriveSharedSecret(keys: keys))
    }

    private func registerBelongings(_ operations: inout OperationRouter) {
        operations.register(CreateAlias(keys: keys))
        operations.register(UpdateAlias(keys: keys))
        operations.register(DeleteAlias(keys: keys))
        operations.register(ListAliases(keys: keys))
        operations.register(CreateGrant(keys: keys))
        operations.register(ListGrants(keys: keys))
        operations.register(ListRetirableGrants(keys: keys))
        operations.register(RetireGrant(keys: keys))
        operations.register(RevokeGrant(keys: keys))
        operations.register(GetKeyPolicy(keys: keys))
        operations.register(ListKeyPolicies(keys: keys))
        operations.register(PutKeyPolicy(keys: keys))
        operations.register(TagResource(keys: keys))
        operations.register(UntagResource(keys: keys))
        operations.register(ListResourceTags(keys: keys))
    }

    /// Rotates and deletes keys, and ends imported material, when their time has come.
    package func run() async throws {
        await jobs.run()
    }
}
