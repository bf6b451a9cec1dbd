/// Names a blob in its store: 32 lower-case hexadecimal digits, made by the store.
///
/// Never made from anything that a client sends, so that it can be a path.
package struct BlobID: Hashable, Sendable, CustomStringConvertible {
    /// The digits, to be kept in a row.
    package let description: String

    /// Reads an identifier from a row; nil when it is none.
    package init?(_ text: String) {
        let isWellFormed =
            text.utf8.count == 32
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
        guard isWellFormed else { return nil }
        description = text
    }

    init(unchecked digits: String) {
        description = digits
    }
}
