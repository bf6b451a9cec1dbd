import Platform
import STSModel
import ServiceKit
import Synchronization
import Wire

/// The keys of identity providers, fetched from where the providers say that they are.
///
/// Source: OpenID Connect Discovery 1.0, section 4.
final class WebKeyStore: Sendable {
    private struct Entry {
        let keys: [WebKey]
        let fetched: ContinuousClock.Instant
    }

    /// Bytes of a provider's documents.
    private static let documentBytes = 256 * 1024
    /// Providers whose keys are kept.
    private static let limit = 200
    /// How long keys are kept, and how long after it a token with an unknown key makes them be fetched anew.
    private static let lifetime = Duration.seconds(3600)
    private static let patience = Duration.seconds(10)

    private let web: (any WebClient)?
    private let clock: any Clock
    private let entries = Mutex<[String: Entry]>([:])

    init(web: (any WebClient)?, clock: any Clock) {
        self.web = web
        self.clock = clock
    }

    /// The keys of an issuer that may have signed a token.
    ///
    /// - Throws: `IDPCommunicationError` where the provider does not answer.
    func keys(of issuer: String, for token: WebToken) async throws -> [WebKey] {
        let now = clock.uptime
        if let known = entries.withLock({ $0[issuer] }) {
            let fitting = Self.fitting(known.keys, token)
            let age = now - known.fetched
            if age < Self.patience || !fitting.isEmpty && age < Self.lifetime { return fitting }
        }
        let keys = try await fetch(issuer)
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll() }
            entries[issuer] = Entry(keys: keys, fetched: now)
        }
        return Self.fitting(keys, token)
    }

    private static func fitting(_ keys: [WebKey], _ token: WebToken) -> [WebKey] {
        guard let id = token.keyID else { return keys }
        return keys.filter { $0.id == nil || $0.id == id }
    }

    private func fetch(_ issuer: String) async throws -> [WebKey] {
        guard let web else { throw Self.unreachable }
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        do {
            let discovery = try Document(
                json: await web.get(
                    "\(base)/.well-known/openid-configuration", limitBytes: Self.documentBytes))
            guard let address = discovery["jwks_uri"]?.stringValue else { throw Self.unreachable }
            let set = try Document(
                json: await web.get(address, limitBytes: Self.documentBytes))
            guard case .array(let keys)? = set["keys"] else { throw Self.unreachable }
            return keys.compactMap(WebKey.init)
        } catch let error as AWSError {
            throw error
        } catch {
            throw Self.unreachable
        }
    }

    private static let unreachable = STSError.idpCommunicationErrorException(
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
            + "documentation for requirements")
}
