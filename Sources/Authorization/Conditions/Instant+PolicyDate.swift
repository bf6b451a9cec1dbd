import Platform

extension Instant {
    /// Reads a date as policies write it: seconds since 1970, or ISO 8601 with as many parts as the writer cared for.
    ///
    /// Source: "Date condition operators", and the W3C's "Date and Time Formats" that it names.
    init?(policyDate text: String) {
        if let instant = Instant(iso8601: text) {
            self = instant
            return
        }
        let completed: String
        switch text.utf8.count {
        case 10 where text.dropFirst(4).first == "-": completed = text + "T00:00:00Z"
        case 7 where text.dropFirst(4).first == "-": completed = text + "-01T00:00:00Z"
        case 17 where text.hasSuffix("Z"): completed = text.dropLast() + ":00Z"
        case 19 where text.dropFirst(10).first == "T": completed = text + "Z"
        default:
            guard let seconds = Double(text), abs(seconds) < 1e12 else { return nil }
            self.init(milliseconds: Int64(seconds * 1000))
            return
        }
        guard let instant = Instant(iso8601: completed) else {
            guard let seconds = Double(text), abs(seconds) < 1e12 else { return nil }
            self.init(milliseconds: Int64(seconds * 1000))
            return
        }
        self = instant
    }
}
