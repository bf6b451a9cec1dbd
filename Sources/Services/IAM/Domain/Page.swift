import Platform
import Wire

/// A part of a list, as every `List…` operation of IAM answers one.
struct Page<Item: Sendable>: Sendable {
    let items: [Item]
    /// Where the next part begins; `nil` at the end.
    let marker: String?

    var isTruncated: Bool { marker != nil }

    /// Makes the page of the first `count` of `items`, of which one more was asked for.
    ///
    /// - Parameter key: what the list is sorted by, and resumes after.
    init(_ items: some Collection<Item>, count: Int, key: (Item) -> String) {
        self.items = Array(items.prefix(count))
        self.marker =
            items.count > count
            ? self.items.last.map { Hexadecimal.string(key($0).utf8) } : nil
    }

    /// Makes a page of a whole list.
    ///
    /// - Parameters:
    ///   - marker: where the page begins.
    ///   - key: what the list is sorted by.
    /// - Throws: `ValidationError` where no answer had this marker.
    init(
        all items: [Item], marker: String?, count: Int?, key: (Item) -> String
    ) throws {
        let start = try Self.key(of: marker)
        let rest = start.isEmpty ? items[...] : items.drop { key($0) <= start }
        self.init(rest, count: count ?? IAMLimits.defaultPageItems, key: key)
    }

    /// The key after which a page begins: everything comes after the empty string.
    ///
    /// - Throws: `ValidationError` where no answer had this marker.
    static func key(of marker: String?) throws -> String {
        guard let marker else { return "" }
        guard let bytes = Hexadecimal.bytes(marker), !bytes.isEmpty,
            let key = String(validating: bytes, as: UTF8.self)
        else { throw AWSError("ValidationError", "Invalid Marker.") }
        return key
    }
}
