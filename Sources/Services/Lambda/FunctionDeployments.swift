import Platform
import Sandbox
import ServiceKit
import Synchronization

/// The deployments that this node runs: each made at its first event, and again when its credentials come to their end.
final class FunctionDeployments: Sendable {
    private enum Entry {
        /// Being made; everybody who needs it waits for this.
        case loading(id: String, Task<Loaded, any Error>)
        case ready(Loaded)
    }

    private struct Loaded: Sendable {
        let deployment: FunctionDeployment
        /// When it is to be made anew.
        let renewal: Instant
    }

    private let roles: FunctionRole
    private let code: CodeStore
    private let host: any FunctionHost
    private let clock: any Clock
    private let randomness: any Randomness
    private let endpointURL: @Sendable () -> String
    private let entries = Mutex<[String: Entry]>([:])
    /// What the directories of versions were at the last event.
    private let stamps = Mutex<[String: UInt64]>([:])

    init(
        roles: FunctionRole, code: CodeStore, host: any FunctionHost, clock: any Clock,
        randomness: any Randomness, endpointURL: @escaping @Sendable () -> String
    ) {
        self.roles = roles
        self.code = code
        self.host = host
        self.clock = clock
        self.randomness = randomness
        self.endpointURL = endpointURL
    }

    /// An event for the version may come.
    func expect(_ version: FunctionVersion) { host.expect(runtime: version.settings.runtime) }

    /// The deployment of a version, ready to be run.
    ///
    /// - Throws: the error of `AssumeRole`; `BlobError` where the code is gone.
    func deployment(
        of version: FunctionVersion, in context: RequestContext
    ) async throws -> FunctionDeployment {
        if let directory = version.settings.sourceDirectory {
            try await retire(version, ifChanged: directory)
        }
        if let deployment = current(version) { return deployment }
        let (task, outdated) = entries.withLock { entries -> (Task<Loaded, any Error>, [String]) in
            let outdated = takeOutdated(from: &entries)
            if case .loading(_, let task) = entries[version.deploymentID] {
                return (task, outdated)
            }
            // The events that need it share the task, so it belongs to none of them and ends with none.
            let id = randomness.uuid()
            let task = Task { try await self.load(version, id: id, in: context) }
            entries[version.deploymentID] = .loading(id: id, task)
            return (task, outdated)
        }
        for id in outdated { await host.retire(deploymentID: id) }
        return try await task.value.deployment
    }

    /// The deployment, if it is there and does not end soon.
    private func current(_ version: FunctionVersion) -> FunctionDeployment? {
        let now = clock.now
        return entries.withLock { entries in
            guard case .ready(let loaded) = entries[version.deploymentID], loaded.renewal > now
            else { return nil }
            return loaded.deployment
        }
    }

    /// Ends the environments of a version whose directory is not what it was at the last event.
    private func retire(_ version: FunctionVersion, ifChanged path: String) async throws {
        let stamp = try await code.stamp(of: path)
        let before = stamps.withLock { stamps in
            if stamps.count >= LambdaLimits.cachedVersions { stamps = [:] }
            return stamps.updateValue(stamp, forKey: version.deploymentID)
        }
        if let before, before != stamp { await retire(version) }
    }

    /// Takes out the deployments whose credentials end soon: also those that another node has replaced.
    private func takeOutdated(from entries: inout [String: Entry]) -> [String] {
        let now = clock.now
        var outdated: [String] = []
        for (key, entry) in entries {
            guard case .ready(let loaded) = entry, loaded.renewal <= now else { continue }
            entries[key] = nil
            outdated.append(loaded.deployment.id)
        }
        return outdated
    }

    /// Ends the environments of a deployment that is no version's any more.
    func retire(_ version: FunctionVersion) async {
        let entry = entries.withLock { $0.removeValue(forKey: version.deploymentID) }
        if case .ready(let loaded) = entry { await host.retire(deploymentID: loaded.deployment.id) }
    }

    /// Ends the environments of every deployment.
    func retireAll() async {
        let all = entries.withLock { entries in
            defer { entries = [:] }
            return entries.values.compactMap { entry in
                if case .ready(let loaded) = entry { loaded.deployment.id } else { nil }
            }
        }
        for id in all { await host.retire(deploymentID: id) }
    }

    private func load(
        _ version: FunctionVersion, id: String, in context: RequestContext
    ) async throws -> Loaded {
        do {
            let loaded = try await make(version, id: id, in: context)
            entries.withLock { entries in
                // It may have been retired meanwhile.
                guard case .loading(id, _) = entries[version.deploymentID] else { return }
                entries[version.deploymentID] = .ready(loaded)
            }
            return loaded
        } catch {
            entries.withLock { entries in
                guard case .loading(id, _) = entries[version.deploymentID] else { return }
                entries[version.deploymentID] = nil
            }
            throw error
        }
    }

    private func make(
        _ version: FunctionVersion, id: String, in context: RequestContext
    ) async throws -> Loaded {
        let (key, settings) = (version.key, version.settings)
        let package = try await code.path(of: version.code)
        var layers: [String] = []
        for layer in settings.layers { layers.append(try await code.path(of: layer.code)) }
        let session = try await roles.session(of: settings.role, for: key, in: context)
        var deployment = FunctionDeployment(
            id: id, functionName: key.name, functionVersion: version.version,
            accountID: key.account, region: key.region, runtime: settings.runtime,
            handler: settings.handler, codeDirectory: settings.sourceDirectory ?? package,
            layerDirectories: layers,
            environment: settings.environment ?? [:], memoryMiB: settings.memoryMiB,
            timeout: .seconds(settings.timeoutSeconds),
            ephemeralStorageMiB: settings.ephemeralStorageMiB,
            logGroup: settings.logging.group(ofFunction: key.name),
            credentials: session.credentials, endpointURL: endpointURL())
        deployment.logging = settings.logging.sandbox
        return Loaded(
            deployment: deployment, renewal: session.expiration - LambdaLimits.credentialsMargin)
    }
}
