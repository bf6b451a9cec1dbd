/// Takes a JSON text (RFC 8259) apart, token by token, straight from its bytes.
///
/// The caller says what it expects. Objects and arrays are walked with `beginObject` and `nextKey`,
/// `beginArray` and `nextElement`.
struct JSONScanner {
    /// What begins at a place in a text.
    enum Token: String {
        case object = "START_OBJECT"
        case array = "START_ARRAY"
        case string = "STRING_VALUE"
        case number = "NUMBER_VALUE"
        case yes = "TRUE_VALUE"
        case no = "FALSE_VALUE"
        case null = "NULL_VALUE"
    }

    let bytes: [UInt8]
    var index = 0
    /// Whether an object or array was begun and nothing of it was taken yet.
    private var isAtFirst = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    // MARK: - Structure

    /// What stands next.
    mutating func peek() throws(JSONError) -> Token {
        skipWhitespace()
        guard index < bytes.count else { throw error("Unexpected end of input") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"): return .yes
        case UInt8(ascii: "f"): return .no
        case UInt8(ascii: "n"): return .null
        default: throw unexpected()
        }
    }

    /// Takes the brace of the object that stands next.
    mutating func beginObject() {
        index += 1
        isAtFirst = true
    }

    /// Takes the next key and its colon; `nil` when the object has ended.
    mutating func nextKey() throws(JSONError) -> String? {
        guard try hasNext(before: UInt8(ascii: "}")) else { return nil }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected() }
        let key = try string()
        skipWhitespace()
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw unexpected() }
        index += 1
        return key
    }

    /// Takes the bracket of the array that stands next.
    mutating func beginArray() { beginObject() }

    /// Comes to the next element; false when the array has ended.
    mutating func nextElement() throws(JSONError) -> Bool {
        try hasNext(before: UInt8(ascii: "]"))
    }

    private mutating func hasNext(before end: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        guard index < bytes.count else { throw error("Unexpected end of input") }
        let isFirst = isAtFirst
        isAtFirst = false
        if bytes[index] == end {
            index += 1
            return false
        }
        if !isFirst {
            guard bytes[index] == UInt8(ascii: ",") else { throw unexpected() }
            index += 1
            skipWhitespace()
        }
        return true
    }

    /// Checks that nothing but white space is left.
    mutating func end() throws(JSONError) {
        skipWhitespace()
        guard index == bytes.count else { throw unexpected() }
    }

    /// Passes over the value that stands next, whatever it is.
    mutating func skip() throws(JSONError) {
        var depth = 0
        var isObject: [Bool] = []
        repeat {
            if let inObject = isObject.last {
                let goesOn = inObject ? try nextKey() != nil : try nextElement()
                if !goesOn {
                    isObject.removeLast()
                    depth -= 1
                    continue
                }
            }
            switch try peek() {
            case .object:
                beginObject()
                isObject.append(true)
                depth += 1
            case .array:
                beginArray()
                isObject.append(false)
                depth += 1
            case .string: try skipString()
            case .number: _ = try number()
            case .yes, .no: _ = try boolean()
            case .null: try null()
            }
        } while depth > 0
    }

    // MARK: - Literals

    mutating func null() throws(JSONError) { try literal("null") }

    mutating func boolean() throws(JSONError) -> Bool {
        if try peek() == .yes {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        let count = text.utf8CodeUnitCount
        for offset in 0..<count {
            // SAFETY: `offset` is less than the number of the literal's bytes.
            guard index < bytes.count, bytes[index] == text.utf8Start[offset] else {
                throw unexpected()
            }
            index += 1
        }
    }

    // MARK: - White space and errors

    mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: index) }

    func unexpected() -> JSONError {
        guard index < bytes.count else { return error("Unexpected end of input") }
        let byte = bytes[index]
        let shown = (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))' " : ""
        return error("Unexpected character \(shown)(code \(byte)) at offset \(index)")
    }
}
