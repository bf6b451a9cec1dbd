import Wire

/// Walks over attributes in their stored form.
///
/// It borrows the bytes and is used only while they are there.
struct EncodedCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    // MARK: - Parts

    mutating func byte() -> UInt8 {
        precondition(index < bytes.count, "a stored item is whole")
        defer { index += 1 }
        return bytes[index]
    }

    mutating func length() -> Int {
        var (value, shift) = (0, 0)
        while true {
            let byte = byte()
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Takes a length and that many bytes.
    mutating func chunk() -> UnsafeBufferPointer<UInt8> {
        let count = length()
        precondition(count >= 0 && count <= bytes.count - index, "a stored item is whole")
        defer { index += count }
        return UnsafeBufferPointer(rebasing: bytes[index..<index + count])
    }

    /// What was taken since the cursor stood at `start`.
    func taken(from start: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<index])
    }

    mutating func tag() -> EncodedTag {
        guard let tag = EncodedTag(rawValue: byte()) else {
            preconditionFailure("a stored value has a known tag")
        }
        return tag
    }

    mutating func skipValue() {
        if tag().hasContent { _ = chunk() }
    }

    /// Comes to the value of an attribute and returns where its entry begins; `nil` where there is no such attribute.
    mutating func find(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
        while !isAtEnd {
            let start = index
            let candidate = chunk()
            if candidate.count == name.count, candidate.elementsEqual(name) { return start }
            // Names are in order.
            if name.lexicographicallyPrecedes(candidate) { return nil }
            skipValue()
        }
        return nil
    }

    // MARK: - Decoding

    mutating func map() -> AttributeMap {
        var elements: [AttributeMap.Element] = []
        while !isAtEnd {
            let name = String(decoding: chunk(), as: UTF8.self)
            elements.append(.init(name: name, value: value()))
        }
        return AttributeMap(ordered: elements)
    }

    mutating func value() -> AttributeValue {
        switch tag() {
        case .string: .string(String(decoding: chunk(), as: UTF8.self))
        case .number: .number(DynamoDBNumber(canonical: chunk()))
        case .binary: .binary(Array(chunk()))
        case .yes: .boolean(true)
        case .no: .boolean(false)
        case .null: .null
        case .list: .list(parts { $0.value() })
        case .map: .map(nested { $0.map() })
        case .stringSet: .stringSet(parts { String(decoding: $0.chunk(), as: UTF8.self) })
        case .numberSet: .numberSet(parts { DynamoDBNumber(canonical: $0.chunk()) })
        case .binarySet: .binarySet(parts { Array($0.chunk()) })
        }
    }

    private mutating func nested<Result>(_ body: (inout EncodedCursor) -> Result) -> Result {
        var cursor = EncodedCursor(chunk())
        return body(&cursor)
    }

    private mutating func parts<Part>(_ take: (inout EncodedCursor) -> Part) -> [Part] {
        nested { cursor in
            var parts: [Part] = []
            while !cursor.isAtEnd { parts.append(take(&cursor)) }
            return parts
        }
    }

    // MARK: - Sizes

    /// Passes over a value and returns its size in bytes as DynamoDB counts it.
    mutating func valueSize() -> Int {
        switch tag() {
        case .string, .binary: chunk().count
        case .number: DynamoDBNumber(canonical: chunk()).size
        case .yes, .no, .null: 1
        case .list:
            sum(AttributeValue.containerBytes) { $0.valueSize() + AttributeValue.elementBytes }
        case .map:
            sum(AttributeValue.containerBytes) {
                $0.chunk().count + $0.valueSize() + AttributeValue.elementBytes
            }
        case .stringSet, .binarySet: sum(0) { $0.chunk().count }
        case .numberSet: sum(0) { DynamoDBNumber(canonical: $0.chunk()).size }
        }
    }

    private mutating func sum(_ start: Int, _ size: (inout EncodedCursor) -> Int) -> Int {
        nested { cursor in
            var total = start
            while !cursor.isAtEnd { total += size(&cursor) }
            return total
        }
    }

    // MARK: - JSON

    mutating func appendMapJSON(to json: inout [UInt8]) {
        json.append(UInt8(ascii: "{"))
        var isFirst = true
        while !isAtEnd {
            if !isFirst { json.append(UInt8(ascii: ",")) }
            isFirst = false
            JSONText.append(string: chunk(), to: &json)
            json.append(UInt8(ascii: ":"))
            appendJSON(to: &json)
        }
        json.append(UInt8(ascii: "}"))
    }

    mutating func appendJSON(to json: inout [UInt8]) {
        let tag = tag()
        json.append(contentsOf: "{\"".utf8)
        json.append(contentsOf: tag.type.rawValue.utf8)
        json.append(contentsOf: "\":".utf8)
        switch tag {
        case .string: JSONText.append(string: chunk(), to: &json)
        case .number: Self.appendNumber(chunk(), to: &json)
        case .binary: JSONText.append(base64: chunk(), to: &json)
        case .yes, .null: json.append(contentsOf: "true".utf8)
        case .no: json.append(contentsOf: "false".utf8)
        case .list: appendParts(to: &json) { $0.appendJSON(to: &$1) }
        case .map: nested { $0.appendMapJSON(to: &json) }
        case .stringSet: appendParts(to: &json) { JSONText.append(string: $0.chunk(), to: &$1) }
        case .numberSet: appendParts(to: &json) { Self.appendNumber($0.chunk(), to: &$1) }
        case .binarySet: appendParts(to: &json) { JSONText.append(base64: $0.chunk(), to: &$1) }
        }
        json.append(UInt8(ascii: "}"))
    }

    private mutating func appendParts(
        to json: inout [UInt8], _ append: (inout EncodedCursor, inout [UInt8]) -> Void
    ) {
        nested { cursor in
            json.append(UInt8(ascii: "["))
            var isFirst = true
            while !cursor.isAtEnd {
                if !isFirst { json.append(UInt8(ascii: ",")) }
                isFirst = false
                append(&cursor, &json)
            }
            json.append(UInt8(ascii: "]"))
        }
    }

    private static func appendNumber(
        _ text: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]
    ) {
        json.append(UInt8(ascii: "\""))
        json.append(contentsOf: text)
        json.append(UInt8(ascii: "\""))
    }
}
