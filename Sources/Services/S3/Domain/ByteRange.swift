/// A `Range` header: one range of bytes.
///
/// <https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2>
enum ByteRange: Equatable, Sendable {
    case from(Int64)
    case between(Int64, Int64)
    case last(Int64)

    /// Reads a header; `nil` where it is malformed or has several ranges, either of which S3 passes over.
    init?(_ header: String) {
        let prefix = "bytes="
        guard header.lowercased().hasPrefix(prefix) else { return nil }
        let range = header.dropFirst(prefix.count)
        let parts = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            .map { Self.trimmed($0) }
        guard parts.count == 2 else { return nil }
        switch (Self.number(parts[0]), Self.number(parts[1])) {
        case (let first?, let last?) where first <= last: self = .between(first, last)
        case (let first?, nil) where parts[1].isEmpty: self = .from(first)
        case (nil, let count?) where parts[0].isEmpty: self = .last(count)
        default: return nil
        }
    }

    /// The bytes of an object of `size` bytes that are meant; `nil` where it has none of them.
    func bytes(of size: Int64) -> Range<Int64>? {
        switch self {
        case .from(let first): first < size ? first..<size : nil
        case .between(let first, let last): first < size ? first..<min(last + 1, size) : nil
        case .last(let count): count > 0 && size > 0 ? max(0, size - count)..<size : nil
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        // A number that no file reaches is as good as the greatest.
        return Int64(text) ?? (Int64.max - 1)
    }
}
