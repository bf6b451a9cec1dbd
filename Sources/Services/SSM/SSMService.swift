import Jobs
import Platform
import SSMModel
package import ServiceKit
package import Storage

/// Systems Manager's Parameter Store.
package final class SSMService: ApusService {
    private let database: any Database
    private let dependencies: ServiceDependencies
    private let jobs: JobQueue

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        self.database = database
        self.dependencies = dependencies
        jobs = JobQueue(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        jobs.register(
            ParameterExpiration(database: database).handler)
    }

    package func register(with registry: inout ServiceRegistry) {
        let cipher = ParameterCipher(
            caller: dependencies.caller, randomness: dependencies.randomness)
        let references = SecretReferences(caller: dependencies.caller)
        let settings = ServiceSettings(database: database, clock: dependencies.clock)
        let search = ParameterSearch(database: database)
        registry.operations.register(
            PutParameter(
                database: database, jobs: jobs, cipher: cipher, settings: settings,
                clock: dependencies.clock))
        registry.operations.register(
            GetParameter(database: database, cipher: cipher, references: references))
        registry.operations.register(
            GetParameters(database: database, cipher: cipher, references: references))
        registry.operations.register(GetParametersByPath(search: search, cipher: cipher))
        registry.operations.register(GetParameterHistory(database: database, cipher: cipher))
        registry.operations.register(DescribeParameters(search: search))
        registry.operations.register(DeleteParameter(database: database, jobs: jobs))
        registry.operations.register(DeleteParameters(database: database, jobs: jobs))
        registry.operations.register(
            LabelParameterVersion(database: database, clock: dependencies.clock))
        registry.operations.register(UnlabelParameterVersion(database: database))
        registry.operations.register(AddTagsToResource(database: database))
        registry.operations.register(RemoveTagsFromResource(database: database))
        registry.operations.register(ListTagsForResource(database: database))
        registry.operations.register(GetServiceSetting(settings: settings))
        registry.operations.register(UpdateServiceSetting(settings: settings))
        registry.operations.register(ResetServiceSetting(settings: settings))
    }

    /// Deletes parameters whose policy says so, when their time has come.
    package func run() async throws {
        await jobs.run()
    }
}
