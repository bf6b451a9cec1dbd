/// The functions that an event has come through, as the trace header tells it: `…;Lineage=a87bd80c:1|68fd508a:5`.
///
/// Source: docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html, "Tracing header".
struct Lineage: Sendable, Equatable {
    /// A trace header that has an event come to a function once more.
    let header: String
    /// How often it has come to that function, this time included.
    let count: Int

    /// Adds the function with this ARN to the lineage in `header`.
    init(header: String, addingFunction arn: String) {
        let name = Self.hash(arn)
        var fields = header.split(separator: ";").map(String.init)
        let place = fields.firstIndex { $0.hasPrefix("Lineage=") }
        var entries =
            place.map { fields[$0].dropFirst("Lineage=".count).split(separator: "|") } ?? []
        let own = entries.firstIndex { $0.hasPrefix("\(name):") }
        let seen = own.flatMap { Int(entries[$0].dropFirst(name.utf8.count + 1)) } ?? 0
        count = seen + 1
        let entry = Substring("\(name):\(count)")
        if let own { entries[own] = entry } else { entries.append(entry) }
        // A header has a bound too: the functions that the event came through last are kept.
        let lineage = "Lineage=" + entries.suffix(Self.entries).joined(separator: "|")
        if let place { fields[place] = lineage } else { fields.append(lineage) }
        self.header = fields.joined(separator: ";")
    }

    private static let entries = 16

    /// Eight hexadecimal digits for an ARN (FNV-1a).
    private static func hash(_ text: String) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
