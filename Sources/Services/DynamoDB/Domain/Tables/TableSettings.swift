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

    /// The numbers of the indexes' rows, by the indexes' names.
    var indexes: [String: Int64] = [:]
    /// The stream that is enabled.
    var stream: Stream?
    var expiry: Expiry?
    var recovery: Recovery?
}

extension TableSettings {
    /// The settings as JSON.
    var document: Document {
        var members: [String: Document] = [
            "indexes": .object(indexes.mapValues { .integer($0) })
        ]
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
