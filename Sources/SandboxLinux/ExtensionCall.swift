import NIOCore
import NIOHTTP1
import Sandbox

/// A call of the Extensions API, version 2020-01-01
/// (docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html).
enum ExtensionCall {
    case register
    case next
    case initError
    case exitError

    private static let prefix = "/2020-01-01/extension/"

    init?(_ head: HTTPRequestHead) {
        guard head.uri.hasPrefix(Self.prefix) else { return nil }
        switch (head.method, head.uri.dropFirst(Self.prefix.count)) {
        case (.POST, "register"): self = .register
        case (.GET, "event/next"): self = .next
        case (.POST, "init/error"): self = .initError
        case (.POST, "exit/error"): self = .exitError
        default: return nil
        }
    }

    /// Does what the extension asks for. Returns the response, but for an event, which comes in its own time.
    func perform(
        _ body: [UInt8], _ head: HTTPRequestHead, on channel: any Channel,
        _ delegate: any RuntimeAPIDelegate
    ) -> ByteBuffer? {
        let id = head.headers.first(name: "Lambda-Extension-Identifier") ?? ""
        switch self {
        case .register:
            let name = head.headers.first(name: "Lambda-Extension-Name") ?? ""
            let id = delegate.makeExtensionID()
            let events = Self.events(in: body)
            switch delegate.extensionRegistered(id, name: name, events: events) {
            case .failure(let rejection): return Self.refusal(rejection)
            case .success(let json):
                return RuntimeAPIConnection.response(
                    200, json, headers: "Lambda-Extension-Identifier: \(id)\r\n")
            }
        case .next:
            return delegate.extensionAskedForNext(id, on: channel).map(Self.refusal)
        case .initError, .exitError:
            let type = head.headers.first(name: "Lambda-Extension-Function-Error-Type")
            if let rejection = delegate.extensionFailed(id, errorType: type ?? "Unhandled") {
                return Self.refusal(rejection)
            }
            return RuntimeAPIConnection.response(202, #"{"status":"OK"}"#)
        }
    }

    private static func refusal(_ rejection: ExtensionSet.Rejection) -> ByteBuffer {
        switch rejection {
        case .invalidState:
            RuntimeAPIConnection.response(
                403,
                #"{"errorMessage":"State transition is not allowed","errorType":"Extension.InvalidExtensionState"}"#
            )
        case .unknownExtension:
            RuntimeAPIConnection.response(
                403,
                #"{"errorMessage":"Unknown extension","errorType":"Extension.UnknownExtensionIdentifier"}"#
            )
        case .invalidEvent:
            RuntimeAPIConnection.response(
                400,
                #"{"errorMessage":"Invalid event type","errorType":"Extension.InvalidEventType"}"#
            )
        }
    }

    /// The strings of `{"events": ["INVOKE", "SHUTDOWN"]}`, the only document that an extension sends.
    static func events(in body: [UInt8]) -> [String] {
        let text = String(decoding: body, as: UTF8.self)
        guard let name = text.firstRange(of: "\"events\""),
            let start = text[name.upperBound...].firstIndex(of: "["),
            let end = text[start...].firstIndex(of: "]")
        else { return [] }
        return text[text.index(after: start)..<end].split(separator: ",").map { item in
            String(item.filter { $0 != "\"" && !$0.isWhitespace })
        }
    }
}
