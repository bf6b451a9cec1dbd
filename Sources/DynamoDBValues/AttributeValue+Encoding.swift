extension AttributeMap {
    /// Adds the attributes in their stored form.
    func encode(to bytes: inout [UInt8]) {
        for element in self {
            bytes.append(text: element.name)
            element.value.encode(to: &bytes)
        }
    }
}

extension AttributeValue {
    /// Adds the value in its stored form.
    func encode(to bytes: inout [UInt8]) {
        switch self {
        case .string(let value):
            bytes.append(.string)
            bytes.append(text: value)
        case .number(let value):
            bytes.append(.number)
            bytes.append(number: value)
        case .binary(let value):
            bytes.append(.binary)
            bytes.append(chunk: value)
        case .boolean(let value): bytes.append(value ? .yes : .no)
        case .null: bytes.append(.null)
        case .list(let values):
            bytes.appendNested(.list) { for value in values { value.encode(to: &$0) } }
        case .map(let map): bytes.appendNested(.map) { map.encode(to: &$0) }
        case .stringSet(let values):
            bytes.appendNested(.stringSet) { for value in values { $0.append(text: value) } }
        case .numberSet(let values):
            bytes.appendNested(.numberSet) { for value in values { $0.append(number: value) } }
        case .binarySet(let values):
            bytes.appendNested(.binarySet) { for value in values { $0.append(chunk: value) } }
        }
    }
}

extension [UInt8] {
    /// Adds a length.
    mutating func append(length: Int) {
        var rest = UInt(length)
        while rest >= 0x80 {
            append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    fileprivate mutating func append(_ tag: EncodedTag) { append(tag.rawValue) }

    fileprivate mutating func append(text: String) {
        var text = text
        text.withUTF8 {
            append(length: $0.count)
            append(contentsOf: $0)
        }
    }

    fileprivate mutating func append(chunk: [UInt8]) {
        append(length: chunk.count)
        append(contentsOf: chunk)
    }

    fileprivate mutating func append(number: DynamoDBNumber) {
        // A number's text may be longer than a length of one byte says, though it hardly ever is.
        let start = count
        append(0)
        number.append(to: &self)
        setLength(at: start)
    }

    fileprivate mutating func appendNested(
        _ tag: EncodedTag, _ content: (inout [UInt8]) -> Void
    ) {
        append(tag)
        let start = count
        append(0)
        content(&self)
        setLength(at: start)
    }

    /// Puts the length of what follows into the one byte that was left for it, and makes room where that is too little.
    private mutating func setLength(at start: Int) {
        let length = count - start - 1
        if length < 0x80 {
            self[start] = UInt8(length)
        } else {
            var field: [UInt8] = []
            field.append(length: length)
            replaceSubrange(start...start, with: field)
        }
    }
}
