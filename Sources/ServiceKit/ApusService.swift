package import Logging
package import Platform

/// A service of Apus, such as Lambda: what `apus` assembles.
package protocol ApusService: Sendable {
    /// Enters the service's operations, hosted sites and so on into the tables.
    func register(with registry: inout ServiceRegistry)

    /// Does the service's background work until the task is cancelled.
    func run() async throws

    /// Forgets what the service holds in memory of its database, which was emptied.
    func forget() async
}

extension ApusService {
    /// Has nothing to forget.
    package func forget() async {}
}

/// The tables that services enter themselves into at start.
package struct ServiceRegistry: Sendable {
    /// The operations that are served.
    package var operations = OperationRouter()
    /// The hosted things, by their kind: `lambda-url`, `execute-api`.
    package private(set) var sites: [HostedKind: any HostedSite] = [:]
    /// The services that take events, by the service part of the ARNs that they take: `lambda`.
    package private(set) var deliveryTargets: [String: any DeliveryTarget] = [:]
    /// Who decides which web pages may use a service, by the name that its requests are signed for: `s3`.
    package private(set) var crossOriginRules: [String: any CrossOriginRules] = [:]
    /// Where access keys are looked up, in order.
    package private(set) var credentialSources: [any CredentialSource] = []

    /// Who the authorizer asks for users, roles and their policies.
    package var identities: (any IdentityDirectory)?
    /// Who makes encoded authorization messages.
    package var authorizationMessages: (any AuthorizationMessages)?

    package init() {}

    /// Serves hosted things of `kind` by `site`.
    package mutating func host(_ kind: HostedKind, by site: any HostedSite) {
        precondition(sites.updateValue(site, forKey: kind) == nil, "\(kind) is hosted twice")
    }

    /// Takes events for ARNs of `service` by `target`.
    package mutating func accept(arnsOf service: String, by target: any DeliveryTarget) {
        precondition(
            deliveryTargets.updateValue(target, forKey: service) == nil, "\(service) twice")
    }

    /// Lets `rules` decide which web pages may use the service whose requests are signed for `name`.
    package mutating func decideOrigins(of name: String, by rules: any CrossOriginRules) {
        precondition(crossOriginRules.updateValue(rules, forKey: name) == nil, "\(name) twice")
    }

    /// Looks access keys up in `source`, after the sources added before.
    package mutating func add(_ source: any CredentialSource) {
        credentialSources.append(source)
    }
}

/// What every service is given.
package struct ServiceDependencies: Sendable {
    package let clock: any Clock
    package let randomness: any Randomness
    package let caller: ServiceCaller
    package let delivery: Delivery
    package let metrics: MetricRecorder
    package let logger: Logger
    /// Seals what is stored and must not be read there.
    package let rootKey: RootKey

    package init(
        clock: any Clock, randomness: any Randomness, caller: ServiceCaller, delivery: Delivery,
        metrics: MetricRecorder = MetricRecorder(), logger: Logger, rootKey: RootKey
    ) {
        self.clock = clock
        self.randomness = randomness
        self.caller = caller
        self.delivery = delivery
        self.metrics = metrics
        self.logger = logger
        self.rootKey = rootKey
    }
}
