import Platform
import Sandbox
import Wire

/// What destinations are told about an asynchronous event.
///
/// Source: dg/invocation-async-retain-records.html.
struct InvocationRecord: Sendable {
    /// How an event came to its end.
    enum Condition: String, Sendable {
        case success = "Success"
        case retriesExhausted = "RetriesExhausted"
        case ageExceeded = "EventAgeExceeded"
        case noConcurrency = "ZeroReservedConcurrency"
        case recursion = "RecursiveInvocation"
    }

    let event: AsynchronousEvent
    let condition: Condition
    let time: Instant
    /// The last answer of the function, and the version that gave it, where it came so far.
    let answer: (result: InvocationResult, version: String)?

    /// The record as JSON; what went into the function and came out stands in it as it was.
    func json() -> [UInt8] {
        let key = event.reference.key
        let request: Document = [
            "requestId": .string(event.requestID),
            "functionArn": .string(key.arn(qualifier: event.reference.version)),
            "condition": .string(condition.rawValue),
            "approximateInvokeCount": .integer(Int64(invokeCount)),
        ]
        var bytes = Array(#"{"version":"1.0","timestamp":""#.utf8)
        bytes += Array("\(time.iso8601Milliseconds)\",\"requestContext\":".utf8)
        bytes += request.json()
        bytes += Array(#","requestPayload":"#.utf8) + event.payload
        if let answer {
            var response: [String: Document] = [
                "statusCode": 200, "executedVersion": .string(answer.version),
            ]
            if answer.result.outcome == .failure { response["functionError"] = "Unhandled" }
            bytes += Array(#","responseContext":"#.utf8) + Document.object(response).json()
            bytes += Array(#","responsePayload":"#.utf8) + Self.value(answer.result.payload)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Where the record goes in a bucket.
    var objectKey: String {
        let text = time.iso8601
        let date = text.prefix(10)
        let clock = text.dropFirst(11).prefix(8).replacing(":", with: ".")
        return "aws/lambda/async/\(event.reference.key.name)/\(date.replacing("-", with: "/"))/"
            + "\(date)T\(clock)-\(event.requestID)"
    }

    private var invokeCount: Int { event.failures + (condition == .success ? 1 : 0) }

    /// What a function answered, as a JSON value whatever it is.
    private static func value(_ payload: [UInt8]) -> [UInt8] {
        let reader = JSONReader(payload)
        if (try? reader.skip()) != nil, (try? reader.end()) != nil { return payload }
        return Document.string(String(decoding: payload, as: UTF8.self)).json()
    }

    /// The attributes of a message for a dead-letter queue or topic, whose body is the event
    /// (dg/invocation-async-retain-records.html, "Dead-letter queues").
    var deadLetterAttributes: [String: String] {
        [
            "MessageAttribute/RequestID": event.requestID,
            "MessageAttribute/ErrorCode": answer == nil ? "429" : "200",
            "MessageAttribute/ErrorMessage": errorMessage,
        ]
    }

    private var errorMessage: String {
        guard let payload = answer?.result.payload,
            let message = try? Document(json: payload)["errorMessage"]?.stringValue
        else { return condition.rawValue }
        return String(message.prefix(1_024))
    }
}
