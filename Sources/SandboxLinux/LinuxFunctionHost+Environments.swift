import Logging
import NIOCore
import NIOPosix
import Platform
import Sandbox
import Synchronization

/// Environments on their way into the pool and out of it.
extension LinuxFunctionHost {
    typealias EnvironmentID = EnvironmentPool.EnvironmentID

    /// What an event gets.
    enum Acquisition {
        case reuse(EnvironmentID, LinuxEnvironment)
        case start(EnvironmentID, evicting: LinuxEnvironment?)
        case wait(EnvironmentPool.WaiterID)
    }

    /// An environment for an event; with what to start it with, when it is new.
    func acquire(for deployment: FunctionDeployment) async throws
        -> (EnvironmentID, LinuxEnvironment, LinuxEnvironment.Start?)
    {
        let loop = MultiThreadedEventLoopGroup.currentEventLoop
        var acquisition: Acquisition = try state.withLock { state in
            if state.isStopping { throw FunctionHostError.sandboxFailed("the server stops") }
            return try state.take(
                state.pool.acquire(
                    deploymentID: deployment.id, near: loop.map { ObjectIdentifier($0) }))
        }
        if case .wait(let waiter) = acquisition { acquisition = try await wait(as: waiter) }
        return try await make(acquisition, deployment, on: loop ?? loops.next())
    }

    private func wait(as waiter: EnvironmentPool.WaiterID) async throws -> Acquisition {
        try await withCheckedThrowingContinuation { continuation in
            // It may have been its turn before it is here.
            let turn = state.withLock { state -> Result<Acquisition, any Error>? in
                if let turn = state.turns.removeValue(forKey: waiter) { return turn }
                state.waiters[waiter] = continuation
                return nil
            }
            if let turn { continuation.resume(with: turn) }
        }
    }

    /// The environment that was acquired; makes it, where it is new.
    func make(
        _ acquisition: Acquisition, _ deployment: FunctionDeployment, on loop: any EventLoop
    ) async throws -> (EnvironmentID, LinuxEnvironment, LinuxEnvironment.Start?) {
        switch acquisition {
        case .wait: preconditionFailure("who waits has nothing yet")
        case .reuse(let id, let environment): return (id, environment, nil)
        case .start(let id, let evicted):
            evicted?.retire()
            guard let runtime = catalog.program(for: deployment.runtime) else {
                ended(id)
                throw FunctionHostError.runtimeUnavailable(deployment.runtime)
            }
            let waiting = takeWarm(for: deployment, runtime)
            let environment = try await make(
                id, deployment, group: waiting?.sandbox.group, on: waiting?.sandbox.loop ?? loop)
            return (id, environment, .init(runtime: runtime, waiting: waiting))
        }
    }

    private func make(
        _ id: EnvironmentID, _ deployment: FunctionDeployment, group: ControlGroup?,
        on loop: any EventLoop
    ) async throws -> LinuxEnvironment {
        let make: @Sendable () throws -> LinuxEnvironment = { [self] in
            let environment = try LinuxEnvironment(
                deployment: deployment, resources: resources, group: group, loop: loop,
                onStarted: { [weak self] in self?.started(id) },
                onEnd: { [weak self] in self?.ended(id) })
            state.withLock { $0.environments[id] = environment }
            return environment
        }
        do {
            // To make a control group takes a while.
            return try await group != nil
                ? make() : NIOThreadPool.singleton.runIfActive(make)
        } catch {
            resources.logger.error("no control group", metadata: ["reason": "\(error)"])
            ended(id)
            throw FunctionHostError.sandboxFailed("\(error)")
        }
    }

    /// The environment has served its event.
    func release(_ id: EnvironmentID, _ environment: LinuxEnvironment) {
        let canServe = environment.canServe
        let (stays, waiter) = state.withLock { state -> (Bool, Waiter?) in
            guard canServe else {
                state.pool.remove(id)
                return (false, nil)
            }
            let place = ObjectIdentifier(environment.loop)
            switch state.pool.release(id, at: resources.clock.now, place: place) {
            case .stays: return (true, nil)
            case .leaves: return (false, nil)
            case .serves(let waiter):
                return (true, state.turn(of: waiter, .success(.reuse(id, environment))))
            }
        }
        waiter?()
        if !stays { environment.retire() }
    }

    /// The init phase of the environment is over, or has taken long enough for others to start.
    private func started(_ id: EnvironmentID) {
        let waiters = state.withLock { $0.admit($0.pool.started(id)) }
        waiters.forEach { $0() }
    }

    /// Nothing is left of the environment.
    private func ended(_ id: EnvironmentID) {
        let (waiters, stopped) = state.withLock { state in
            let waiters = state.admit(state.pool.started(id))
            state.pool.remove(id)
            state.environments[id] = nil
            return (waiters, state.takeStopped())
        }
        waiters.forEach { $0() }
        stopped?.resume()
    }

    /// Lets an event go on, outside of the lock.
    typealias Waiter = () -> Void
}

extension LinuxFunctionHost.State {
    typealias Acquisition = LinuxFunctionHost.Acquisition

    /// - Throws: `FunctionHostError.tooManyEnvironments`.
    func take(_ acquisition: EnvironmentPool.Acquisition) throws -> Acquisition {
        switch acquisition {
        case .full: throw FunctionHostError.tooManyEnvironments
        case .wait(let waiter): return .wait(waiter)
        case .start(let id, let evicted):
            return .start(id, evicting: evicted.flatMap { environments[$0] })
        case .reuse(let id):
            guard let environment = environments[id] else {
                preconditionFailure("an environment leaves the pool before it is forgotten")
            }
            return .reuse(id, environment)
        }
    }

    /// The turns of events that waited for an environment to start.
    fileprivate mutating func admit(
        _ turns: [(EnvironmentPool.WaiterID, EnvironmentPool.Acquisition)]
    ) -> [LinuxFunctionHost.Waiter] {
        turns.compactMap { waiter, acquisition in
            turn(of: waiter, Result { try take(acquisition) })
        }
    }

    /// It is the turn of an event that waits, or is about to.
    fileprivate mutating func turn(
        of waiter: EnvironmentPool.WaiterID, _ turn: Result<Acquisition, any Error>
    ) -> LinuxFunctionHost.Waiter? {
        guard let continuation = waiters.removeValue(forKey: waiter) else {
            turns[waiter] = turn
            return nil
        }
        return { continuation.resume(with: turn) }
    }

    /// Who waits for the host to stop, when nothing is left.
    mutating func takeStopped() -> CheckedContinuation<Void, Never>? {
        guard environments.isEmpty && sandboxes.isEmpty else { return nil }
        defer { stopped = nil }
        return stopped
    }
}
