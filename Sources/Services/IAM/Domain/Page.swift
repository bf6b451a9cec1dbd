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
    init(_ items: [Item], count: Int, key: (Item) -> String) {
        self.items = Array(items.prefix(count))
        self.marker =
            items.count > count ? Hexadecimal.string(key(items[count - 1]).utf8) : nil
    }

    /// The key after which a page begins: everything comes after the empty string.
    ///
    /// - Throws: `ValidationError` where no answer had this marker.
    static func key(of marker: String?) throws -> String {
        guard let marker else { return "" }
        guard let bytes = Hexadecimal.bytes(marker),
            let key = String(validating: bytes, as: UTF8.self)
        else { throw AWSError("ValidationError", "Invalid Marker: \(marker)") }
        return key
    }
}
