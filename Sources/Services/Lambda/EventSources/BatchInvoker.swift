import EventPatterns
import LambdaModel
import Logging
import Platform
import Sandbox
import ServiceKit
import Wire

/// Invokes a mapping's function with batches of records.
struct BatchInvoker: Sendable {
    let mapping: EventSourceMapping
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let randomness: any Randomness
    let clock: any Clock
    let logger: Logger
    private let patterns: [EventPattern]

    init(
        _ mapping: EventSourceMapping, functions: FunctionStore, invoker: FunctionInvoker,
        randomness: any Randomness, clock: any Clock, logger: Logger
    ) {
        self.mapping = mapping
        self.functions = functions
        self.invoker = invoker
        self.randomness = randomness
        self.clock = clock
        self.logger = logger
        patterns = mapping.settings.filters.compactMap { try? EventPattern(json: $0) }
    }

    /// What a batch came to.
    enum Outcome: Sendable {
        case success
        /// These records are to be tried again, by their identifiers; the others are done with.
        case partial(Set<String>)
        /// The function failed on the batch.
        case failure(Attempt)
        /// The function was not run, which is no fault of its own.
        case unavailable(String)
    }

    /// An invocation as a destination is told of it.
    struct Attempt: Sendable {
        let requestID: String
        let version: String
    }

    /// Whether the function is to see a record.
    func wants(_ filterable: Document) -> Bool {
        patterns.isEmpty || patterns.contains { $0.matches(filterable) }
    }

    /// The payload for a batch.
    static func payload(_ events: [Document]) -> [UInt8] {
        Document.object(["Records": .array(events)]).json()
    }

    /// Invokes the function with a batch.
    ///
    /// - Parameter identifiers: of the batch's records, as `batchItemFailures` names them.
    func invoke(_ payload: [UInt8], identifiers: Set<String>) async -> Outcome {
        let requestID = randomness.uuid()
        do {
            let call = FunctionCall(
                try await functions.target(mapping.reference), as: mapping.reference,
                payload: payload, randomness: randomness)
            let result = try await invoker.invoke(
                call,
                in: .lambda(
                    account: mapping.reference.key.account, region: mapping.reference.key.region,
                    requestID: requestID, time: clock.now, logger: logger))
            let attempt = Attempt(requestID: requestID, version: call.version.version)
            guard result.outcome == .success else { return .failure(attempt) }
            guard mapping.settings.reportsItemFailures else { return .success }
            switch Self.failures(in: result.payload, of: identifiers) {
            case nil: return .failure(attempt)
            case .some(let failures) where failures.isEmpty: return .success
            case .some(let failures): return .partial(failures)
            }
        } catch let error as AWSError {
            return .unavailable("\(error.code): \(error.message)")
        } catch {
            return .unavailable("\(error)")
        }
    }

    /// The records that an answer names as failed; `nil` where it names what is none of them, which fails them all
    /// (dg/services-sqs-errorhandling.html, "Success and failure conditions").
    static func failures(in answer: [UInt8], of identifiers: Set<String>) -> Set<String>? {
        guard let document = try? Document(json: answer) else { return answer.isEmpty ? [] : nil }
        switch document {
        case .null: return []
        case .object(let members):
            guard let list = members["batchItemFailures"], list != .null else { return [] }
            guard case .array(let items) = list else { return nil }
            var failures: Set<String> = []
            for item in items {
                guard let id = item["itemIdentifier"]?.stringValue, identifiers.contains(id) else {
                    return nil
                }
                failures.insert(id)
            }
            return failures
        default: return nil
        }
    }
}
