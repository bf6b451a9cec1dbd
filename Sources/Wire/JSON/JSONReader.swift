import NIOCore
package import Platform

/// Reads bodies in JSON, straight from their bytes.
package final class JSONReader: BodyReader {
    private var scanner: JSONScanner

    /// Makes a reader of `bytes`.
    package init(_ bytes: [UInt8]) { self.scanner = JSONScanner(bytes) }

    /// Makes a reader of a message's body; `nil` where that is empty. It has been collected.
    package convenience init?(body: Body) {
        guard case .bytes(let buffer) = body else {
            preconditionFailure("only a streaming blob is left uncollected")
        }
        if buffer.readableBytes == 0 { return nil }
        self.init(Array(buffer.readableBytesView))
    }

    // MARK: - Structures, lists and maps

    package func beginStructure(at place: Place) throws {
        try expect(.object)
        scanner.beginObject()
    }

    package func nextMember(of shape: Shape) throws -> Int? {
        while let key = try scanner.nextKey() {
            let isNull = try scanner.peek() == .null
            if !isNull, let position = shape.positions[key] { return position }
            try skip()
        }
        return nil
    }

    package func beginList(at place: Place) throws {
        try expect(.array)
        scanner.beginArray()
    }

    package func nextElement() throws -> BodyElement {
        guard try scanner.nextElement() else { return .end }
        guard try scanner.peek() == .null else { return .value }
        try skip()
        return .null
    }

    package func beginMap(at place: Place) throws {
        try expect(.object)
        scanner.beginObject()
    }

    package func nextKey() throws -> String? {
        while let key = try scanner.nextKey() {
            if try scanner.peek() != .null { return key }
            try skip()
        }
        return nil
    }

    // MARK: - Scalars

    package func string() throws -> String {
        guard try scanner.peek() == .string else { throw unconvertible(to: "a String") }
        return try scanner.string()
    }

    package func boolean() throws -> Bool {
        let token = try scanner.peek()
        guard token == .yes || token == .no else { throw unconvertible(to: "a Boolean") }
        return try scanner.boolean()
    }

    package func integer(bits: Int) throws -> Int {
        let type = bits == 32 ? "an Integer" : "a Long"
        guard try scanner.peek() == .number else { throw unconvertible(to: type) }
        let number = try scanner.number()
        guard let value = scanner.integer(number), bits == 64 || Int32(exactly: value) != nil else {
            throw malformed("NUMBER_VALUE can not be converted to \(type)")
        }
        return Int(value)
    }

    package func double() throws -> Double {
        switch try scanner.peek() {
        case .number:
            let number = try scanner.number()
            guard let value = scanner.double(number) else {
                throw malformed("NUMBER_VALUE can not be converted to a Double")
            }
            return value
        case .string:
            let text = try scanner.string()
            // Only what is no number is written as a string.
            guard let value = DoubleText.value(of: text), !value.isFinite else {
                throw malformed("STRING_VALUE can not be converted to a Double")
            }
            return value
        default: throw unconvertible(to: "a Double")
        }
    }

    package func blob() throws -> [UInt8] {
        guard try scanner.peek() == .string else { throw unconvertible(to: "a Blob") }
        guard let bytes = try scanner.base64() else {
            throw malformed("STRING_VALUE can not be converted to a Blob: invalid base64")
        }
        return bytes
    }

    package func timestamp(at place: Place) throws -> Instant {
        switch try scanner.peek() {
        case .number:
            let number = try scanner.number()
            if let seconds = scanner.double(number), let value = Instant(epochSeconds: seconds) {
                return value
            }
            throw malformed("NUMBER_VALUE can not be converted to a Timestamp")
        case .string:
            let text = try scanner.string()
            let format = place.timestampFormat(default: .epochSeconds)
            guard let value = format.instant(text) else {
                throw malformed("STRING_VALUE can not be converted to a Timestamp")
            }
            return value
        default: throw unconvertible(to: "a Timestamp")
        }
    }

    package func document() throws -> Document { try scanner.document() }

    package func skip() throws { try scanner.skip() }

    package func end() throws { try scanner.end() }

    // MARK: - Errors

    package func malformed(_ message: String) -> AWSError {
        AWSError("SerializationException", message)
    }

    private func expect(_ token: JSONScanner.Token) throws {
        guard try scanner.peek() == token else {
            throw malformed("Unexpected value type in payload")
        }
    }

    /// The error for a value of another type than its shape's.
    private func unconvertible(to type: String) -> any Error {
        do {
            switch try scanner.peek() {
            case .object:
                return malformed("Start of structure or map found where not expected.")
            case .array: return malformed("Start of list found where not expected")
            case let token: return malformed("\(token.rawValue) can not be converted to \(type)")
            }
        } catch {
            return error
        }
    }
}
