import NIOCore
import Sandbox

/// What the Lambda Runtime API of one environment does when the runtime calls it. Called on the
/// connection's event loop.
protocol RuntimeAPIDelegate: AnyObject, Sendable {
    /// The runtime waits for an event, which is to be written to its connection.
    func runtimeAskedForNext(on runtime: WaitingRuntime) -> RuntimeAPIRejection?

    /// The request that is being served; empty where there is none.
    var servedRequestID: String { get }

    /// Whether the runtime may answer this request; asked before the answer is read.
    func rejection(ofAnswerTo requestID: String) -> RuntimeAPIRejection?

    /// The runtime begins a streamed answer; returns where its bytes go, or `nil` where the caller wants
    /// one buffered answer.
    func runtimeStreams(_ requestID: String, contentType: String?) -> ResponseStream?

    /// The runtime answered.
    func runtimeAnswered(_ requestID: String, with answer: RuntimeAnswer) -> RuntimeAPIRejection?

    /// An extension registers; returns the document that it is answered with.
    func extensionRegistered(_ id: String, name: String, events: [String])
        -> Result<String, ExtensionSet.Rejection>

    /// An extension waits for an event, which is to be written to `channel` as an HTTP response.
    func extensionAskedForNext(_ id: String, on channel: any Channel) -> ExtensionSet.Rejection?

    /// An extension could not start, or ends with an error.
    func extensionFailed(_ id: String, errorType: String) -> ExtensionSet.Rejection?

    /// A new identifier of an extension.
    func makeExtensionID() -> String

    /// The runtime could not load the function.
    func runtimeInitFailed(errorType: String, payload: [UInt8]) -> RuntimeAPIRejection?
}

/// A connection on which a runtime waits for an event.
struct WaitingRuntime: Sendable {
    let channel: any Channel
    /// Whether it takes a frame; else an HTTP response.
    let speaksFrames: Bool
}

/// An answer as the runtime gave it.
enum RuntimeAnswer: Sendable {
    case response(payload: [UInt8], contentType: String?)
    case error(type: String, payload: [UInt8])
    case tooLarge
}
