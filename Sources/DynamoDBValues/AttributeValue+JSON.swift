import Wire

extension AttributeValue {
    /// Adds the value as JSON: `{"S":"x"}`.
    func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{\"".utf8)
        bytes.append(contentsOf: type.rawValue.utf8)
        bytes.append(contentsOf: "\":".utf8)
        switch self {
        case .string(let value): value.appendJSON(to: &bytes)
        case .number(let value): value.appendJSON(to: &bytes)
        case .binary(let value): value.appendJSON(to: &bytes)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .null: bytes.append(contentsOf: "true".utf8)
        case .list(let values): values.appendJSON(to: &bytes) { $0.appendJSON(to: &$1) }
        case .map(let map): map.appendJSON(to: &bytes)
        case .stringSet(let values): values.appendJSON(to: &bytes) { $0.appendJSON(to: &$1) }
        case .numberSet(let values): values.appendJSON(to: &bytes) { $0.appendJSON(to: &$1) }
        case .binarySet(let values): values.appendJSON(to: &bytes) { $0.appendJSON(to: &$1) }
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension AttributeMap {
    /// Adds the attributes as a JSON object.
    func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for element in self {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            element.name.appendJSON(to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            element.value.appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension String {
    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        var text = self
        text.withUTF8 { JSONText.append(string: $0, to: &bytes) }
    }
}

extension DynamoDBNumber {
    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        withUnsafeBufferPointer { JSONText.append(base64: $0, to: &bytes) }
    }
}

extension Array {
    fileprivate func appendJSON(
        to bytes: inout [UInt8], _ append: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in self {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(element, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
