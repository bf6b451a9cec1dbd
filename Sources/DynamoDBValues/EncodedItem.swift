/// An item as it is stored: in bytes from which one attribute is found without decoding the others, and which go to the wire as
/// they are.
///
/// The form is: a version, the item's size in DynamoDB's counting, and the attributes in the order of their names, each a
/// name and a value. A value is a tag and, where the tag does not say all, a length and that many bytes. Lengths are variable-length
/// integers of seven bits a byte, the lowest first. Equal items have equal bytes.
package struct EncodedItem: Sendable, Hashable {
    private static let version: UInt8 = 1

    /// The stored bytes.
    package let bytes: [UInt8]

    /// Takes bytes that were made by this type.
    package init(stored bytes: [UInt8]) {
        precondition(bytes.first == Self.version, "items are stored in a version that is known")
        self.bytes = bytes
    }

    /// Encodes attributes.
    package init(_ attributes: AttributeMap) {
        self.init(attributes, size: attributes.size)
    }

    /// Encodes attributes of which the size is known.
    init(_ attributes: AttributeMap, size: Int) {
        var bytes: [UInt8] = [Self.version]
        bytes.reserveCapacity(size + 4 * attributes.count + 8)
        bytes.append(length: size)
        attributes.encode(to: &bytes)
        self.bytes = bytes
    }

    /// The size in bytes as DynamoDB counts it, against limits and capacity.
    package var size: Int {
        withCursor { size, _ in size }
    }

    /// Whether there is no attribute.
    package var isEmpty: Bool {
        withCursor { _, entries in entries.isAtEnd }
    }

    /// The attributes, decoded.
    package var attributes: AttributeMap {
        withCursor { _, entries in entries.map() }
    }

    /// The value of one attribute.
    package subscript(name: String) -> AttributeValue? {
        var name = name
        return name.withUTF8 { name in
            withCursor { _, entries in
                guard entries.find(name) != nil else { return nil }
                return entries.value()
            }
        }
    }

    /// The item with no other attributes than those of `names`; nothing is decoded.
    package func projected(to names: [String]) -> EncodedItem {
        var kept: [UInt8] = []
        var size = 0
        var last: String?
        for var name in names.sorted(by: { $0.precedesByBytes($1) })
        where last?.equalsByBytes(name) != true {
            last = name
            name.withUTF8 { name in
                withCursor { _, entries in
                    guard let start = entries.find(name) else { return }
                    entries.skipValue()
                    let entry = entries.taken(from: start)
                    kept.append(contentsOf: entry)
                    var value = EncodedCursor(entry)
                    size += value.chunk().count + value.valueSize()
                }
            }
        }
        var bytes: [UInt8] = [Self.version]
        bytes.append(length: size)
        return EncodedItem(stored: bytes + kept)
    }

    /// Adds the item as a JSON object.
    func appendJSON(to json: inout [UInt8]) {
        json.reserveCapacity(json.count + bytes.count + bytes.count / 2)
        withCursor { _, entries in entries.appendMapJSON(to: &json) }
    }

    private func withCursor<Result>(
        _ body: (_ size: Int, _ entries: inout EncodedCursor) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            // SAFETY: the cursor does not outlive the buffer: it is not part of any result.
            var entries = EncodedCursor(buffer)
            _ = entries.byte()
            let size = entries.length()
            return body(size, &entries)
        }
    }
}
