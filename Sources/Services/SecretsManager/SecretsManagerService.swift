import Jobs
import Platform
import SecretsManagerModel
package import ServiceKit
package import Storage

/// Secrets Manager: secrets with versions, which rotate and are replicated.
package final class SecretsManagerService: ApusService {
    private let store: SecretStore
    private let background: BackgroundContext
    private let caller: ServiceCaller

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        let jobs = JobQueue(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        caller = dependencies.caller
        store = SecretStore(
            database: database, jobs: jobs,
            cipher: SecretCipher(
                caller: dependencies.caller, randomness: dependencies.randomness),
            clock: dependencies.clock, randomness: dependencies.randomness)
        background = BackgroundContext(
            clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        jobs.register(Replication(store: store, background: background).handler)
        jobs.register(RotationRun(store: store, background: background).handler)
        jobs.register(RotationTimer(store: store).handler)
        jobs.register(SecretDeletion(database: database, clock: dependencies.clock).handler)
    }

    package func register(with registry: inout ServiceRegistry) {
        let reader = SecretReader(store: store)
        let search = SecretSearch(database: store.database)
        registry.operations.register(CreateSecret(store: store))
        registry.operations.register(PutSecretValue(store: store))
        registry.operations.register(GetSecretValue(reader: reader))
        registry.operations.register(
            BatchGetSecretValue(reader: reader, search: search, caller: caller))
        registry.operations.register(DescribeSecret(store: store))
        registry.operations.register(ListSecrets(search: search))
        registry.operations.register(ListSecretVersionIds(store: store))
        registry.operations.register(UpdateSecret(store: store))
        registry.operations.register(UpdateSecretVersionStage(store: store))
        registry.operations.register(DeleteSecret(store: store))
        registry.operations.register(RestoreSecret(store: store))
        registry.operations.register(RotateSecret(store: store, background: background))
        registry.operations.register(CancelRotateSecret(store: store))
        registry.operations.register(GetRandomPassword(randomness: store.randomness))
        registry.operations.register(TagResource(store: store))
        registry.operations.register(UntagResource(store: store))
        registry.operations.register(PutResourcePolicy(store: store))
        registry.operations.register(GetResourcePolicy(store: store))
        registry.operations.register(DeleteResourcePolicy(store: store))
        registry.operations.register(ValidateResourcePolicy(store: store))
        registry.operations.register(ReplicateSecretToRegions(store: store))
        registry.operations.register(RemoveRegionsFromReplication(store: store))
        registry.operations.register(StopReplicationToReplica(store: store))
    }

    /// Rotates, replicates and deletes secrets when their time has come.
    package func run() async throws {
        await store.jobs.run()
    }
}
