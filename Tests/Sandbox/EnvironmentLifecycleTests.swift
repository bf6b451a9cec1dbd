import Sandbox
import Testing

@Suite("The life of an environment")
struct EnvironmentLifecycleTests {
    typealias Event = EnvironmentLifecycle.Event
    typealias Action = EnvironmentLifecycle.Action

    private let event = Event(requestID: "one", timeout: .seconds(3))
    private let crash = RuntimeExit.status(1)

    /// An environment that waits for its first event.
    private var idle: EnvironmentLifecycle {
        var life = EnvironmentLifecycle()
        #expect(life.runtimeAskedForNext() == .success([.endInit(nil), .freeze]))
        return life
    }

    /// An environment that has the event.
    private var serving: EnvironmentLifecycle {
        var life = idle
        #expect(life.assign(event) == [.startTimer(.seconds(3)), .deliver(event)])
        return life
    }

    /// An environment that answered the event.
    private var answered: EnvironmentLifecycle {
        var life = serving
        #expect(life.runtimeAnswered("one", with: .response) == nil)
        return life
    }

    @Test("an event that waits for the start has the init phase and its own time")
    func startWithEvent() {
        var life = EnvironmentLifecycle()
        #expect(life.assign(event) == [.startTimer(.seconds(13))])
        #expect(
            life.runtimeAskedForNext()
                == .success([.endInit(nil), .startTimer(.seconds(3)), .deliver(event)]))
        #expect(life.state == .serving(event))
    }

    @Test("an event is finished when the runtime asks for the next one")
    func serve() {
        var life = answered
        #expect(!life.canTakeEvent)
        #expect(
            life.runtimeAskedForNext()
                == .success([.cancelTimer, .finish(event, .response), .freeze]))
        #expect(life.canTakeEvent)
    }

    @Test("a runtime that lost its connection may ask again")
    func askAgain() {
        var life = idle
        #expect(life.runtimeAskedForNext() == .success([]))
    }

    @Test("a runtime that has an event is not given another one")
    func askTooEarly() {
        var life = serving
        #expect(life.runtimeAskedForNext() == .failure(.invalidStateTransition))
    }

    @Test("only the current request can be answered, and once")
    func wrongAnswers() {
        var life = serving
        #expect(life.runtimeAnswered("two", with: .response) == .invalidRequestID)
        var second = answered
        #expect(second.runtimeAnswered("one", with: .response) == .invalidStateTransition)
        var early = idle
        #expect(early.runtimeAnswered("one", with: .response) == .invalidRequestID)
    }

    @Test("a runtime that cannot load the function ends, and its event fails")
    func initError() {
        let failure = FunctionFailure(errorType: "Runtime.ImportModuleError", payload: [])
        var life = EnvironmentLifecycle()
        _ = life.assign(event)
        #expect(
            life.initFailed(failure)
                == .success([
                    .endInit(failure), .cancelTimer, .finish(event, .failure(failure)), .stop,
                ]))
        #expect(life.state == .stopped)
        #expect(life.initFailed(failure) == .failure(.invalidStateTransition))
    }

    @Test("a crash fails the event that was served")
    func crashWhileServing() {
        var life = serving
        let failure = FunctionFailure.exited(crash, requestID: "one")
        #expect(
            life.runtimeExited(crash)
                == [.cancelTimer, .finish(event, .failure(failure)), .stop])
        #expect(life.runtimeExited(crash) == [])
    }

    @Test("a crash after the answer does not take the answer back")
    func crashAfterAnswer() {
        var life = answered
        #expect(life.runtimeExited(crash) == [.cancelTimer, .finish(event, .response), .stop])
    }

    @Test("a crash between events ends the environment")
    func crashWhileIdle() {
        var life = idle
        #expect(life.runtimeExited(.signal(9)) == [.stop])
        #expect(!life.canTakeEvent)
    }

    @Test("a crash during the start ends the init phase and the event that waits")
    func crashWhileStarting() {
        var life = EnvironmentLifecycle()
        _ = life.assign(event)
        let failure = FunctionFailure.exited(crash, requestID: "one")
        #expect(
            life.runtimeExited(crash)
                == [.endInit(failure), .cancelTimer, .finish(event, .failure(failure)), .stop])
    }

    @Test("an event that takes too long fails and takes its environment with it")
    func timeout() {
        var life = serving
        let failure = FunctionFailure.timedOut(requestID: "one", after: .seconds(3))
        #expect(life.timedOut() == [.finish(event, .failure(failure)), .stop])
        #expect(life.runtimeAskedForNext() == .failure(.invalidStateTransition))
    }

    @Test("a timer that fires too late does nothing")
    func lateTimer() {
        var life = idle
        #expect(life.timedOut() == [])
        #expect(life.canTakeEvent)
    }

    @Test("a retired environment ends at once when it is idle, and after its event when it serves")
    func retire() {
        var waiting = idle
        #expect(waiting.retire() == [.stop])
        var busy = answered
        #expect(busy.retire() == [])
        #expect(
            busy.runtimeAskedForNext()
                == .success([.cancelTimer, .finish(event, .response), .stop]))
        #expect(!busy.canTakeEvent)
    }

    @Test("an event whose sandbox breaks is told so")
    func sandboxFailure() {
        var life = EnvironmentLifecycle()
        _ = life.assign(event)
        #expect(
            life.sandboxFailed("clone")
                == [.cancelTimer, .finish(event, .sandboxFailed("clone")), .stop])
    }
}
