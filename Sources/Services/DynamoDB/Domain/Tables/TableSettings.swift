import Platform
import Wire

/// What is kept of a table beside its description: numbers of rows, and features with operations of their own.
struct TableSettings: Sendable, Hashable {
    /// A stream of the table, enabled or not any more.
    struct Stream: Sendable, Hashable {
        let id: Int64
        let viewType: String
    }

    /// How items expire.
    struct Expiry: Sendable, Hashable {
        let attribute: String
        let indexID: Int64
        /// Whether the items that were there have all been looked at.
        var isReady: Bool
    }

    /// Point-in-time recovery.
    struct Recovery: Sendable, Hashable {
        let since: Instant
        let days: Int
    }

    /// A policy of the table or of its stream.
    struct Policy: Sendable, Hashable {
        /// The document, as JSON.
        let text: String
        let revision: String
    }

    /// The numbers of the indexes' rows, by the indexes' names.
    var indexes: [String: Int64] = [:]
    /// The stream that is enabled.
    var stream: Stream?
    var expiry: Expiry?
    var recovery: Recovery?
    /// The policies by the resources that they are of: `table` and `stream`.
    var policies: [String: Policy] = [:]
}

extension TableSettings {
    /// The settings as JSON.
    var document: Document {
        var members: [String: Document] = [
            "indexes": .object(indexes.mapValues { .integer($0) })
        ]
        if !policies.isEmpty {
            members["policies"] = .object(
                policies.mapValues {
                    ["text": .string($0.text), "revision": .string($0.revision)]
                })
        }
        if let stream {
            members["stream"] = ["id": .integer(stream.id), "view": .string(stream.viewType)]
        }
        if let expiry {
            members["expiry"] = [
                "attribute": .string(expiry.attribute), "index": .integer(expiry.indexID),
                "ready": .boolean(expiry.isReady),
            ]
        }
        if let recovery {
            members["recovery"] = [
                "since": .integer(recovery.since.milliseconds),
                "days": .integer(Int64(recovery.days)),
            ]
        }
        return .object(members)
    }

    /// Reads what `document` made.
    init(_ document: Document) {
        if case .object(let ids)? = document["indexes"] {
            indexes = ids.compactMapValues(\.integerValue)
        }
        if case .object(let stored)? = document["policies"] {
            policies = stored.compactMapValues { policy in
                guard let text = policy["text"]?.stringValue,
                    let revision = policy["revision"]?.stringValue
                else { return nil }
                return Policy(text: text, revision: revision)
            }
        }
        if let stream = document["stream"], let id = stream["id"]?.integerValue,
            let view = stream["view"]?.stringValue
        {
            self.stream = Stream(id: id, viewType: view)
        }
        if let expiry = document["expiry"], let attribute = expiry["attribute"]?.stringValue,
            let index = expiry["index"]?.integerValue
        {
            self.expiry = Expiry(
                attribute: attribute, indexID: index,
                isReady: expiry["ready"]?.booleanValue ?? false)
        }
        if let recovery = document["recovery"], let since = recovery["since"]?.integerValue,
            let days = recovery["days"]?.integerValue
        {
            self.recovery = Recovery(
                since: Instant(milliseconds: since), days: Int(days))
        }
    }
}
