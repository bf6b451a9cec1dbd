extension Document {
    /// How deep a document may nest, so that no text can exhaust the stack.
    package static let greatestDepth = 200

    /// Reads a JSON text. Where an object has a key twice, the last counts.
    ///
    /// - Throws: `JSONError` where `text` is something else.
    package init(json text: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner(text)
        self = try scanner.document()
        try scanner.end()
    }

    /// Reads a JSON text.
    ///
    /// - Throws: `JSONError` where `text` is something else.
    package init(json text: String) throws(JSONError) {
        try self.init(json: Array(text.utf8))
    }

    /// The JSON text of the document: no white space, keys in the order of their bytes.
    package func json() -> [UInt8] {
        var output = JSONOutput()
        output.document(self)
        return output.bytes
    }

    /// The JSON text of the document, as a string.
    package var jsonText: String { String(decoding: json(), as: UTF8.self) }
}

extension JSONScanner {
    /// The value that stands next.
    mutating func document(depth: Int = 0) throws(JSONError) -> Document {
        switch try peek() {
        case .object:
            guard depth < Document.greatestDepth else { throw error("Too deeply nested") }
            var members: [String: Document] = [:]
            beginObject()
            while let key = try nextKey() { members[key] = try document(depth: depth + 1) }
            return .object(members)
        case .array:
            guard depth < Document.greatestDepth else { throw error("Too deeply nested") }
            var elements: [Document] = []
            beginArray()
            while try nextElement() { elements.append(try document(depth: depth + 1)) }
            return .array(elements)
        case .string: return .string(try string())
        case .number:
            let number = try number()
            if number.isWhole, let value = integer(number) { return .integer(value) }
            guard let value = double(number) else { throw error("Number out of range") }
            return .number(value)
        case .yes, .no: return .boolean(try boolean())
        case .null:
            try null()
            return .null
        }
    }
}
