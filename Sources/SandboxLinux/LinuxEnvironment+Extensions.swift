import CSandbox
import NIOCore
import Platform
import Sandbox
import Synchronization

/// The extensions of an environment.
extension LinuxEnvironment {
    /// How long extensions have to end.
    private static let shutdownTime: TimeAmount = .seconds(2)

    /// The names of the extensions in a deployment's layers.
    static func externalExtensions(of deployment: FunctionDeployment) -> [String] {
        var names: Set<String> = []
        for layer in deployment.layerDirectories {
            let directory = "\(layer)/extensions"
            names.formUnion(
                SystemCalls.names(in: directory).filter {
                    SystemCalls.isExecutable("\(directory)/\($0)")
                })
        }
        return names.sorted()
    }

    func makeExtensionID() -> String { resources.randomness.uuid() }

    func extensionRegistered(_ id: String, name: String, events: [String])
        -> Result<String, ExtensionSet.Rejection>
    {
        let rejection = state.withLock { $0.extensions.register(id, name: name, events: events) }
        if let rejection { return .failure(rejection) }
        let fields = [
            ("functionName", deployment.functionName),
            ("functionVersion", deployment.functionVersion), ("handler", deployment.handler),
            ("accountId", deployment.accountID),
        ]
        return .success(Self.json(fields))
    }

    func extensionAskedForNext(_ id: String, on channel: any Channel) -> ExtensionSet.Rejection? {
        let result = state.withLock {
            state -> Result<
                (message: ByteBuffer?, runtime: WaitingRuntime?), ExtensionSet.Rejection
            >
            in
            state.extensions.askedForNext(id).map { isOwed in
                state.extensionChannels[id] = channel
                if isOwed { return (state.extensionEvent, nil) }
                guard state.extensions.isReady else { return (nil, nil) }
                defer { state.heldRuntime = nil }
                return (nil, state.heldRuntime)
            }
        }
        switch result {
        case .failure(let rejection): return rejection
        case .success(let (message, runtime)):
            if let message { channel.writeAndFlush(message, promise: nil) }
            if let runtime { _ = runtimeAskedForNext(on: runtime) }
            settle()
            return nil
        }
    }

    func extensionFailed(_ id: String, errorType: String) -> ExtensionSet.Rejection? {
        guard state.withLock({ $0.extensions.has(id) }) else { return .unknownExtension }
        let failure = FunctionFailure.extensionFailed(
            errorType, requestID: servedRequestID)
        let isStarting = state.withLock { state in
            if case .starting = state.lifecycle.state { true } else { false }
        }
        if isStarting {
            fail(failure)
        } else {
            perform(
                state.withLock { $0.lifecycle.sandboxFailed("an extension failed: \(errorType)") })
        }
        return nil
    }

    /// Hands an event to those who want it.
    func tellExtensions(_ event: EnvironmentLifecycle.Event, _ invocation: Invocation) {
        let (channels, message) = state.withLock { state in
            let message = Self.invokeMessage(event, invocation)
            state.extensionEvent = message
            return (state.takeChannels(of: state.extensions.begin(.invoke)), message)
        }
        for channel in channels { channel.writeAndFlush(message, promise: nil) }
    }

    /// Calls `action` when no extension works on an event any more.
    func whenSettled(_ action: @escaping @Sendable () -> Void) {
        let isSettled = state.withLock { state in
            guard !state.extensions.isSettled, state.lifecycle.state != .stopped else {
                return true
            }
            state.onSettled = action
            return false
        }
        if isSettled { return action() }
        // Extensions have the function's time once more, and then they end with their environment.
        let count = state.withLock { $0.eventCount }
        let (seconds, _) = deployment.timeout.components
        loop.scheduleTask(in: .seconds(seconds)) {
            let isLate = self.state.withLock { state in
                state.eventCount == count && !state.extensions.isSettled
            }
            if isLate { self.kill() }
        }
    }

    /// Goes on with what waits until no extension works.
    func settle() {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.extensions.isSettled || state.lifecycle.state == .stopped else {
                return nil
            }
            defer { state.onSettled = nil }
            return state.onSettled
        }
        guard let action else { return }
        action()
        freezeSoon()
    }

    /// Tells the extensions that want to know that the environment ends, and calls `end` when they have ended, or after a
    /// while. Returns whether there are any.
    func shutDownExtensions(_ end: @escaping @Sendable () -> Void) -> Bool {
        let (channels, isFirst) = state.withLock { state in
            let isFirst = !state.isShuttingDown
            state.isShuttingDown = true
            guard isFirst, state.mayLinger, state.process != nil else {
                return ([any Channel](), false)
            }
            let channels = state.takeChannels(of: state.extensions.begin(.shutdown))
            if !channels.isEmpty { setFrozen(false, &state) }
            return (channels, isFirst)
        }
        guard isFirst, !channels.isEmpty else { return false }
        let deadline = csandbox_wall_milliseconds() + Self.shutdownTime.nanoseconds / 1_000_000
        let message = Self.message(
            #"{"eventType":"SHUTDOWN","shutdownReason":"spindown","deadlineMs":\#(deadline)}"#)
        for channel in channels { channel.writeAndFlush(message, promise: nil) }
        let gone = EventLoopFuture.whenAllComplete(channels.map(\.closeFuture), on: loop)
        let timer = loop.scheduleTask(in: Self.shutdownTime, end)
        gone.whenComplete { _ in
            timer.cancel()
            end()
        }
        return true
    }

    private static func invokeMessage(
        _ event: EnvironmentLifecycle.Event, _ invocation: Invocation
    ) -> ByteBuffer {
        let deadline = csandbox_wall_milliseconds() + event.timeout.wholeMilliseconds
        var json = #"{"eventType":"INVOKE","deadlineMs":\#(deadline),"#
        json += Self.json([
            ("requestId", event.requestID), ("invokedFunctionArn", invocation.invokedFunctionARN),
        ]).dropFirst().dropLast()
        let trace = Self.json([
            ("type", "X-Amzn-Trace-Id"), ("value", invocation.traceHeader ?? ""),
        ])
        return message(json + #","tracing":\#(trace)}"#)
    }

    private static func message(_ json: String) -> ByteBuffer {
        RuntimeAPIConnection.response(200, json)
    }

    private static func json(_ fields: [(String, String)]) -> String {
        let members = fields.map { name, value in
            let escaped = value.unicodeScalars.reduce(into: "") { text, scalar in
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                if scalar >= " " { text.unicodeScalars.append(scalar) }
            }
            return #""\#(name)":"\#(escaped)""#
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}

extension LinuxEnvironment.State {
    fileprivate mutating func takeChannels(of ids: [String]) -> [any Channel] {
        ids.compactMap { extensionChannels.removeValue(forKey: $0) }
    }
}
