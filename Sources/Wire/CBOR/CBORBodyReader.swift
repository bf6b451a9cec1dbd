import Platform

/// Reads values from CBOR. What its tokenizer throws, `ShapeReader` turns into `malformed`.
final class CBORBodyReader: BodyReader {
    private var tokenizer: CBORTokenizer
    /// The number of elements or entries that each open array or map still has; `nil` where a break ends it.
    private var remaining: [Int?] = []

    init(_ bytes: [UInt8]) {
        self.tokenizer = CBORTokenizer(bytes)
    }

    // MARK: - Structures and maps

    func beginStructure(at place: Place) throws { try beginMap(at: place) }

    func nextMember(of shape: Shape) throws -> Int? {
        while let name = try nextKey() {
            if let position = shape.positions[name] { return position }
            try skip()
        }
        return nil
    }

    func beginMap(at place: Place) throws {
        guard case .map(let count) = try tokenizer.next() else {
            throw malformed("Unexpected value where a structure or map was expected")
        }
        remaining.append(count)
    }

    func nextKey() throws -> String? {
        while try !isAtEnd() {
            guard case .text(let key) = try tokenizer.next() else {
                throw malformed("A key is not text")
            }
            if !tokenizer.takeNull() { return key }
        }
        return nil
    }

    // MARK: - Lists

    func beginList(at place: Place) throws {
        guard case .array(let count) = try tokenizer.next() else {
            throw malformed("Unexpected value where a list was expected")
        }
        remaining.append(count)
    }

    func nextElement() throws -> BodyElement {
        if try isAtEnd() { return .end }
        return tokenizer.takeNull() ? .null : .value
    }

    /// Counts an element or entry of the innermost array or map, or leaves it.
    private func isAtEnd() throws -> Bool {
        let top = remaining.count - 1
        if let count = remaining[top] {
            remaining[top] = count - 1
            guard count == 0 else { return false }
        } else {
            guard try tokenizer.takeEnd() else { return false }
        }
        remaining.removeLast()
        return true
    }

    // MARK: - Scalars

    func string() throws -> String {
        guard case .text(let value) = try tokenizer.next() else { throw unexpected("a String") }
        return value
    }

    func boolean() throws -> Bool {
        guard case .boolean(let value) = try tokenizer.next() else { throw unexpected("a Boolean") }
        return value
    }

    func integer(bits: Int) throws -> Int {
        let value: Int? =
            switch try tokenizer.next() {
            case .unsigned(let magnitude): Int(exactly: magnitude)
            case .negative(let magnitude): Int(exactly: magnitude).map { -1 - $0 }
            default: nil
            }
        guard let value, bits == 64 || Int32(exactly: value) != nil else {
            throw unexpected(bits == 32 ? "an Integer" : "a Long")
        }
        return value
    }

    func double() throws -> Double {
        guard let value = try number() else { throw unexpected("a Double") }
        return value
    }

    func blob() throws -> [UInt8] {
        guard case .bytes(let value) = try tokenizer.next() else { throw unexpected("a Blob") }
        return value
    }

    func timestamp(at place: Place) throws -> Instant {
        guard try tokenizer.next() == .tag(1), let seconds = try number(),
            let value = Instant(epochSeconds: seconds)
        else { throw unexpected("a Timestamp") }
        return value
    }

    func document() throws -> Document {
        throw malformed("CBOR has no documents")
    }

    func skip() throws { try tokenizer.skip() }

    func end() throws {
        guard tokenizer.isAtEnd else { throw malformed("Bytes follow the outermost value") }
    }

    func malformed(_ message: String) -> AWSError {
        AWSError("SerializationException", message)
    }

    // MARK: - Tokens

    private func number() throws -> Double? {
        switch try tokenizer.next() {
        case .float(let value): value
        case .unsigned(let value): Double(value)
        case .negative(let value): -1 - Double(value)
        default: nil
        }
    }

    private func unexpected(_ expected: String) -> AWSError {
        malformed("The value cannot be converted to \(expected)")
    }
}
