import Platform
import ServiceKit
import Synchronization
import Wire

/// The users and roles that asked lately, with their policies compiled.
final class KnownIdentities: Sendable {
    /// A user or role as the evaluation wants it.
    struct Identity: Sendable {
        var arn: String?
        var policies: [NamedPolicy] = []
        var boundary: [NamedPolicy]?
        var tags: [String: String] = [:]
    }

    private struct Entry {
        let identity: Identity
        let revision: Int
        let read: ContinuousClock.Instant
    }

    /// How many identities are kept; beyond it all are forgotten.
    private static let limit = 4096
    /// How long what another node changes may stay unseen.
    private static let staleness = Duration.seconds(1)
    private static let fullAccess = try? Policy(
        ["Statement": ["Effect": "Allow", "Action": "*", "Resource": "*"]])

    private let directory: any IdentityDirectory
    private let clock: any Clock
    private let cache = PolicyCache()
    private let entries = Mutex<[Principal: Entry]>([:])

    init(_ directory: any IdentityDirectory, clock: any Clock) {
        self.directory = directory
        self.clock = clock
    }

    /// The policy that a text writes.
    func policy(_ text: String) -> Policy { cache.policy(text) }

    /// What a principal has; nothing where IAM does not know it.
    func identity(of principal: Principal) async throws -> Identity {
        guard let key = Self.key(principal) else { return Self.unkept(principal) }
        let (now, revision) = (clock.uptime, directory.revision)
        let known = entries.withLock { $0[key] }
        if let known, known.revision == revision, now - known.read < Self.staleness {
            return known.identity
        }
        let identity = try await read(key)
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll() }
            entries[key] = Entry(identity: identity, revision: revision, read: now)
        }
        return identity
    }

    /// The managed policies of these ARNs; those that are not there allow nothing.
    func managedPolicies(_ arns: [String]) async throws -> [NamedPolicy] {
        var policies: [NamedPolicy] = []
        for arn in arns {
            guard let record = try await directory.managedPolicy(arn) else { continue }
            policies.append(NamedPolicy(arn, policy(record.document)))
        }
        return policies
    }

    private func read(_ principal: Principal) async throws -> Identity {
        guard let record = try await directory.identity(of: principal) else { return Identity() }
        var identity = Identity(arn: record.arn)
        identity.policies = record.policies.map { NamedPolicy($0.name, policy($0.document)) }
        if let boundary = record.boundary {
            identity.boundary = try await managedPolicies([boundary])
        }
        for (key, value) in record.tags { identity.tags[key.lowercased()] = value }
        return identity
    }

    /// Whose policies count: all sessions of a role have those of the role.
    private static func key(_ principal: Principal) -> Principal? {
        switch principal {
        case .user(let account, _, let name, let id):
            .user(account: account, path: "/", name: name, id: id)
        case .assumedRole(let account, let role, let id, _):
            .assumedRole(account: account, role: role, roleID: id, session: "")
        case .federatedUser(let account, _, let user?):
            .user(account: account, path: "/", name: user, id: "")
        case .federatedUser(_, _, nil), .root, .federated, .service, .anonymous: nil
        }
    }

    private static func unkept(_ principal: Principal) -> Identity {
        guard case .federatedUser(_, _, nil) = principal, let fullAccess else { return Identity() }
        return Identity(policies: [NamedPolicy("root", fullAccess)])
    }
}
