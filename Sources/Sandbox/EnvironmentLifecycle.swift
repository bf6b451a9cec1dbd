/// The life of one execution environment, as a state machine without I/O.
///
/// Everything that happens to an environment is one method; each returns what has to be done about it, in
/// order. The owner keeps the machine under a lock and does these things outside of it.
package struct EnvironmentLifecycle: Sendable {
    /// An event as far as the life of the environment is concerned.
    package struct Event: Sendable, Equatable {
        package var requestID: String
        package var timeout: Duration

        package init(requestID: String, timeout: Duration) {
            self.requestID = requestID
            self.timeout = timeout
        }
    }

    /// How an event ended.
    package enum Answer: Sendable, Equatable {
        /// The runtime answered; the owner has the bytes.
        case response
        case failure(FunctionFailure)
        /// The sandbox could not be built. For the operator's log.
        case sandboxFailed(String)
    }

    /// Where the environment stands. Each case names its successors.
    package enum State: Sendable, Equatable {
        /// The runtime starts, perhaps with an event that waits for it. To `idle`, `serving` or `stopped`.
        case starting(Event?)
        /// The runtime waits for an event and is, or is about to be, frozen. To `serving` or `stopped`.
        case idle
        /// The runtime has the event. To `answered` or `stopped`.
        case serving(Event)
        /// The event is answered and the runtime has not asked for the next one yet. To `idle` or `stopped`.
        case answered(Event, Answer)
        /// Nothing runs any more.
        case stopped
    }

    /// What the owner has to do.
    package enum Action: Sendable, Equatable {
        /// The init phase is over; successful when the environment goes on.
        case endInit(FunctionFailure?)
        /// Hand the event to the runtime, which waits for it.
        case deliver(Event)
        /// Tell the caller.
        case finish(Event, Answer)
        /// Call `timedOut()` after this long, instead of any time named before.
        case startTimer(Duration)
        case cancelTimer
        /// Let nothing run until the next event.
        case freeze
        /// Kill every process and free what the environment holds.
        case stop
    }

    package private(set) var state: State = .starting(nil)
    private var isRetired = false

    package init() {}

    /// Whether a new event can be assigned.
    package var canTakeEvent: Bool {
        switch state {
        case .starting(nil), .idle: !isRetired
        case .starting, .serving, .answered, .stopped: false
        }
    }

    /// An event is for this environment.
    ///
    /// - Precondition: `canTakeEvent`.
    package mutating func assign(_ event: Event) -> [Action] {
        precondition(canTakeEvent, "an environment serves one event at a time")
        if case .idle = state {
            state = .serving(event)
            return [.startTimer(event.timeout), .deliver(event)]
        }
        state = .starting(event)
        return [.startTimer(SandboxLimits.initPhase + event.timeout)]
    }

    /// The runtime asked for the next event.
    package mutating func runtimeAskedForNext() -> Result<[Action], RuntimeAPIRejection> {
        switch state {
        case .starting(let event?):
            state = .serving(event)
            return .success([.endInit(nil), .startTimer(event.timeout), .deliver(event)])
        case .starting(nil):
            state = .idle
            return .success([.endInit(nil), .freeze])
        case .answered(let event, let answer):
            let done: [Action] = [.cancelTimer, .finish(event, answer)]
            guard !isRetired else {
                state = .stopped
                return .success(done + [.stop])
            }
            state = .idle
            return .success(done + [.freeze])
        case .idle:
            // A runtime that lost its connection asks again.
            return .success([])
        case .serving, .stopped:
            return .failure(.invalidStateTransition)
        }
    }

    /// Whether the runtime may answer this request now; asked before the answer's bytes are read.
    package func rejection(ofAnswerTo requestID: String) -> RuntimeAPIRejection? {
        switch state {
        case .serving(let event): event.requestID == requestID ? nil : .invalidRequestID
        case .answered(let event, _):
            event.requestID == requestID ? .invalidStateTransition : .invalidRequestID
        case .starting, .idle, .stopped: .invalidRequestID
        }
    }

    /// The runtime answered this request.
    package mutating func runtimeAnswered(_ requestID: String, with answer: Answer)
        -> RuntimeAPIRejection?
    {
        if let rejection = rejection(ofAnswerTo: requestID) { return rejection }
        guard case .serving(let event) = state else { return .invalidStateTransition }
        state = .answered(event, answer)
        return nil
    }

    /// The runtime could not load the function.
    package mutating func initFailed(_ failure: FunctionFailure)
        -> Result<[Action], RuntimeAPIRejection>
    {
        guard case .starting(let event) = state else { return .failure(.invalidStateTransition) }
        state = .stopped
        return .success([.endInit(failure)] + end(event, .failure(failure)) + [.stop])
    }

    /// The runtime's process ended.
    package mutating func runtimeExited(_ exit: RuntimeExit) -> [Action] {
        defer { state = .stopped }
        switch state {
        case .starting(let event):
            let failure = FunctionFailure.exited(exit, requestID: event?.requestID ?? "")
            return [.endInit(failure)] + end(event, .failure(failure)) + [.stop]
        case .serving(let event):
            let failure = FunctionFailure.exited(exit, requestID: event.requestID)
            return end(event, .failure(failure)) + [.stop]
        case .answered(let event, let answer):
            return end(event, answer) + [.stop]
        case .idle:
            return [.stop]
        case .stopped:
            return []
        }
    }

    /// The time of the event is over.
    package mutating func timedOut() -> [Action] {
        defer { if state != .idle { state = .stopped } }
        switch state {
        case .starting(let event?), .serving(let event):
            let failure = FunctionFailure.timedOut(
                requestID: event.requestID, after: event.timeout)
            return [.finish(event, .failure(failure)), .stop]
        case .answered(let event, let answer):
            return [.finish(event, answer), .stop]
        case .starting(nil), .stopped:
            return [.stop]
        case .idle:
            // The timer fired while it was being cancelled.
            return []
        }
    }

    /// The sandbox could not be built, or broke.
    package mutating func sandboxFailed(_ reason: String) -> [Action] {
        defer { state = .stopped }
        switch state {
        case .starting(let event?), .serving(let event), .answered(let event, _):
            return end(event, .sandboxFailed(reason)) + [.stop]
        case .starting(nil), .idle: return [.stop]
        case .stopped: return []
        }
    }

    /// The environment is not wanted any more; an event that it serves is finished first.
    package mutating func retire() -> [Action] {
        isRetired = true
        switch state {
        case .starting(nil), .idle:
            state = .stopped
            return [.stop]
        case .starting, .serving, .answered, .stopped:
            return []
        }
    }

    private func end(_ event: Event?, _ answer: Answer) -> [Action] {
        event.map { [.cancelTimer, .finish($0, answer)] } ?? []
    }
}
