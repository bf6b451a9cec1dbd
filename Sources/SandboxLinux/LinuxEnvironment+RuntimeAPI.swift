import NIOCore
import Sandbox
import Synchronization

extension LinuxEnvironment: RuntimeAPIDelegate {
    func runtimeAskedForNext(on runtime: WaitingRuntime) -> RuntimeAPIRejection? {
        let result = state.withLock {
            state -> Result<[EnvironmentLifecycle.Action], RuntimeAPIRejection> in
            if case .starting = state.lifecycle.state, !state.extensions.isReady {
                // The init phase lasts until the extensions are ready too.
                state.heldRuntime = runtime
                return .success([])
            }
            state.extensions.start()
            state.waiting = runtime
            return state.lifecycle.runtimeAskedForNext()
        }
        switch result {
        case .success(let actions):
            perform(actions)
            return nil
        case .failure(let rejection): return rejection
        }
    }

    var servedRequestID: String { state.withLock { $0.current?.invocation.requestID ?? "" } }

    func rejection(ofAnswerTo requestID: String) -> RuntimeAPIRejection? {
        state.withLock { $0.lifecycle.rejection(ofAnswerTo: requestID) }
    }

    func runtimeStreams(_ requestID: String, contentType: String?) -> ResponseStream? {
        state.withLock { state in
            state.current?.contentType = contentType
            state.current?.stream?.start(contentType: contentType)
            return state.current?.stream
        }
    }

    func runtimeAnswered(_ requestID: String, with answer: RuntimeAnswer) -> RuntimeAPIRejection? {
        state.withLock { state in
            switch answer {
            case .response(let payload, let contentType):
                if let rejection = state.lifecycle.runtimeAnswered(requestID, with: .response) {
                    return rejection
                }
                state.current?.payload = payload
                state.current?.contentType = contentType
                return nil
            case .error(let type, let payload):
                return state.lifecycle.runtimeAnswered(
                    requestID, with: .failure(.reported(errorType: type, payload: payload)))
            case .tooLarge:
                return state.lifecycle.runtimeAnswered(
                    requestID, with: .failure(.responseTooLarge()))
            }
        }
    }

    func runtimeInitFailed(errorType: String, payload: [UInt8]) -> RuntimeAPIRejection? {
        let failure = FunctionFailure(errorType: errorType, payload: payload, status: .error)
        switch state.withLock({ $0.lifecycle.initFailed(failure) }) {
        case .success(let actions):
            perform(actions)
            return nil
        case .failure(let rejection): return rejection
        }
    }
}
