/// The last entries, found by their request.
struct RecentEntries {
    private let limit: Int
    private var entries: [AccessLedger.Entry] = []
    private var next = 0
    private var places: [String: [Int]] = [:]

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ entry: AccessLedger.Entry) {
        if entries.count < limit {
            entries.append(entry)
        } else {
            let old = entries[next].requestID
            places[old]?.removeAll { $0 == next }
            if places[old]?.isEmpty == true { places[old] = nil }
            entries[next] = entry
        }
        places[entry.requestID, default: []].append(next)
        next = (next + 1) % limit
    }

    func entries(of requestID: String) -> [AccessLedger.Entry] {
        (places[requestID] ?? []).map { entries[$0] }
    }
}
