import Wire

/// Reads a log group from a time on, every event once.
struct LogReader {
    private let client: ApusClient
    private let group: String
    private let filter: String?
    /// Where the next reading begins: the time of the last event, whose fellows may yet come.
    private var start: Int64
    /// The events at `start` that were read.
    private var seen: Set<String> = []

    init(client: ApusClient, group: String, filter: String?, start: Int64) {
        self.client = client
        self.group = group
        self.filter = filter
        self.start = max(0, start)
    }

    /// Hands the events that are new to `body`, in their order.
    ///
    /// - Parameter mayBeMissing: whether a group that is not there is one that has no events yet.
    /// - Throws: `ServiceFailure`, `CommandFailure`.
    mutating func next(mayBeMissing: Bool, _ body: (Document) -> Void) async throws {
        var input: [String: Document] = [
            "logGroupName": .string(group), "startTime": .integer(start),
        ]
        input["filterPattern"] = filter.map { .string($0) }
        repeat {
            let page: Document
            do {
                page = try await client.logs("FilterLogEvents", .object(input))
            } catch let failure as ServiceFailure where failure.code == "ResourceNotFoundException"
            {
                if mayBeMissing { return }
                throw CommandFailure(
                    "There is no log \(group). A function's log begins with its first invocation.")
            }
            if case .array(let events)? = page["events"] {
                for event in events where isNew(event) { body(event) }
            }
            input["nextToken"] = page["nextToken"]
        } while input["nextToken"] != nil
    }

    private mutating func isNew(_ event: Document) -> Bool {
        let time = event["timestamp"]?.integerValue ?? 0
        let id = event["eventId"]?.stringValue ?? ""
        if time > start {
            start = time
            seen = []
        }
        // An older one may come late within a reading: it was not seen, or it would not be listed.
        return time < start || seen.insert(id).inserted
    }
}
