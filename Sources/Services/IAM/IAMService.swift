package import Authorization
import Logging
import Platform
package import ServiceKit
package import Storage

/// Identity and Access Management: users, groups, roles, and the policies that say what they may do.
///
/// IAM has no regions: everything belongs to an account.
package struct IAMService: ApusService {
    /// How long what need not be stored at once may wait.
    private static let flushInterval = Duration.seconds(5)

    /// The history of the schema of IAM's database.
    package static let migrations: [Migration] = Migrations.all

    let store: IAMStore
    let rootKey: RootKey
    let randomness: any Randomness
    let uses = KeyUses()
    private let ledger: AccessLedger
    private let dependencies: ServiceDependencies

    var devices: VirtualDevices { VirtualDevices(rootKey: rootKey, randomness: randomness) }
    var passwords: PasswordSeal { PasswordSeal(rootKey: rootKey, randomness: randomness) }

    /// Makes the service over its own database.
    ///
    /// - Parameter ledger: what the authorizer decides, which IAM keeps.
    package init(
        _ dependencies: ServiceDependencies, database: any Database,
        ledger: AccessLedger = AccessLedger()
    ) {
        self.dependencies = dependencies
        self.ledger = ledger
        store = IAMStore(database)
        rootKey = dependencies.rootKey
        randomness = dependencies.randomness
    }

    /// Who knows users, roles and their policies.
    package var directory: any IdentityDirectory { Directory(store: store) }

    /// Who answers why requests were denied.
    package var explainer: AccessExplainer { AccessExplainer(store: store, ledger: ledger) }

    /// Who checks one-time codes.
    package var multiFactor: any MultiFactorVerifier {
        MultiFactorDevices(store: store, devices: devices)
    }

    package func register(with registry: inout ServiceRegistry) {
        registerOperations(&registry.operations)
        registry.identities = directory
        registry.add(
            AccessKeyCredentials(
                store: store, uses: uses, rootKey: rootKey, clock: dependencies.clock))
    }

    /// Stores what was decided and which keys were used, every few seconds.
    package func run() async throws {
        while !Task.isCancelled {
            try? await dependencies.clock.sleep(for: Self.flushInterval)
            await flush()
        }
    }

    package func forget() async {
        ledger.forget()
        _ = uses.take()
        store.forget()
    }

    private func flush() async {
        let (news, uses) = (ledger.takeNews(), uses.take())
        do {
            if !news.isEmpty { try await store.keep(news) }
            if !uses.isEmpty { try await store.note(uses) }
        } catch {
            // What is lost is advice, which is no reason to stop.
            dependencies.logger.error(
                "what was decided could not be stored", metadata: ["error": "\(error)"])
        }
    }
}
