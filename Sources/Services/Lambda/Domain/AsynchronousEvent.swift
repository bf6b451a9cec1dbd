import Platform
import Wire

/// An event that Lambda owes to a function: the payload of a job.
///
/// A line of JSON that says what for, then the event's own bytes.
struct AsynchronousEvent: Sendable, Equatable {
    var requestID: String
    var reference: FunctionReference
    var traceHeader: String
    var clientContext: String?
    var acceptedAt: Instant
    /// How often the function has failed on it.
    var failures = 0
    var payload: [UInt8]

    init(
        requestID: String, reference: FunctionReference, traceHeader: String,
        clientContext: String? = nil, acceptedAt: Instant, payload: [UInt8]
    ) {
        self.requestID = requestID
        self.reference = reference
        self.traceHeader = traceHeader
        self.clientContext = clientContext
        self.acceptedAt = acceptedAt
        self.payload = payload
    }

    /// When it is given up, whatever happened until then.
    func deadline(_ config: EventInvokeConfig) -> Instant {
        acceptedAt
            + (config.ageSeconds.map { .seconds($0) } ?? LambdaLimits.asynchronousEventAge)
    }

    /// When it is to be tried again after the function has failed on it; `nil` when it would be too old.
    func nextAttempt(at now: Instant, _ config: EventInvokeConfig) -> Instant? {
        let delays = LambdaLimits.asynchronousRetryDelays
        let next = now + delays[min(failures, delays.count) - 1]
        return next < deadline(config) ? next : nil
    }

    /// Reads a job's payload.
    ///
    /// - Throws: `JSONError` where this version did not write it.
    init(job: [UInt8]) throws {
        let head = job.prefix { $0 != UInt8(ascii: "\n") }
        let document = try Document(json: Array(head))
        func text(_ key: String) -> String { document[key]?.stringValue ?? "" }
        requestID = text("requestID")
        reference = FunctionReference(
            key: FunctionKey(account: text("account"), region: text("region"), name: text("name")),
            qualifier: document["qualifier"]?.stringValue)
        traceHeader = text("traceHeader")
        clientContext = document["clientContext"]?.stringValue
        acceptedAt = Instant(milliseconds: document["acceptedAt"]?.integerValue ?? 0)
        failures = Int(document["failures"]?.integerValue ?? 0)
        payload = Array(job.dropFirst(head.count + 1))
    }

    /// The payload of the job.
    var job: [UInt8] {
        var members: [String: Document] = [
            "requestID": .string(requestID), "account": .string(reference.key.account),
            "region": .string(reference.key.region), "name": .string(reference.key.name),
            "traceHeader": .string(traceHeader), "acceptedAt": .integer(acceptedAt.milliseconds),
            "failures": .integer(Int64(failures)),
        ]
        members["qualifier"] = reference.qualifier.map { .string($0) }
        members["clientContext"] = clientContext.map { .string($0) }
        return Document.object(members).json() + [UInt8(ascii: "\n")] + payload
    }
}
