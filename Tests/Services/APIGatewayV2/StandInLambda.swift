import LambdaModel
import Platform
import ServiceKit
import Synchronization
import Wire

/// Stands in for Lambda: keeps what it is invoked with and answers what the test says.
final class StandInLambda: ApusService {
    /// What a function does.
    enum Behaviour: Sendable {
        case answer(String)
        case fail(String)
        case refuse(AWSError)
        /// Answers only when the clock shows a later time.
        case wait(Duration)
    }

    struct Call: Sendable {
        let function: String
        let event: Document
        let context: RequestContext
    }

    private struct State: Sendable {
        var behaviour = Behaviour.answer("{\"statusCode\": 200}")
        var calls: [Call] = []
    }

    private let state = Mutex(State())
    let clock: any Clock

    init(clock: any Clock) {
        self.clock = clock
    }

    func will(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

    var calls: [Call] { state.withLock { $0.calls } }

    func register(with registry: inout ServiceRegistry) {
        registry.operations.register(Handler(lambda: self))
    }

    func run() async throws {}

    private struct Handler: OperationHandler {
        static let operation = LambdaAPI.invoke
        let lambda: StandInLambda

        func access(for input: InvocationRequest, in context: RequestContext) -> [AccessRequest] {
            []
        }

        func handle(_ input: InvocationRequest, in context: RequestContext) async throws
            -> InvocationResponse
        {
            let event = try Document(json: input.payload ?? [])
            let behaviour = lambda.state.withLock { state in
                state.calls.append(
                    Call(function: input.functionName, event: event, context: context))
                return state.behaviour
            }
            switch behaviour {
            case .answer(let text):
                return InvocationResponse(statusCode: 200, payload: Array(text.utf8))
            case .fail(let text):
                return InvocationResponse(
                    statusCode: 200, functionError: "Unhandled", payload: Array(text.utf8))
            case .refuse(let error):
                throw error
            case .wait(let duration):
                try await lambda.clock.sleep(for: duration)
                return InvocationResponse(statusCode: 200, payload: Array("{}".utf8))
            }
        }
    }
}
