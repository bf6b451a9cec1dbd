import KMSModel
import Wire

/// Where a page ended: the name of its last entry, encoded so that nobody builds on it.
enum Marker {
    static func text(after name: String) -> String { Base64.encode(Array(name.utf8)) }

    /// The name after which to go on; empty for the first page.
    ///
    /// - Throws: `InvalidMarkerException`.
    static func name(in marker: String?) throws -> String {
        guard let marker else { return "" }
        guard let bytes = Base64.decode(marker.utf8), !bytes.contains(0),
            let name = String(validating: bytes, as: UTF8.self)
        else { throw KMSError.invalidMarkerException("Could not deserialize marker '\(marker)'") }
        return name
    }

    /// How many entries a page has.
    ///
    /// - Throws: `ValidationException` for more than `largest`.
    static func limit(_ limit: Int?, standard: Int, largest: Int) throws -> Int {
        guard let limit else { return standard }
        guard limit <= largest else {
            throw KMSFailure.validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy "
                    + "constraint: Member must have value less than or equal to \(largest)")
        }
        return limit
    }
}

/// Cuts what was read with one entry too many to a page.
struct Page<Entry> {
    let entries: [Entry]
    let nextMarker: String?
    let isTruncated: Bool

    init(_ read: [Entry], limit: Int, name: (Entry) -> String) {
        isTruncated = read.count > limit
        entries = Array(read.prefix(limit))
        nextMarker = isTruncated ? entries.last.map { Marker.text(after: name($0)) } : nil
    }
}
