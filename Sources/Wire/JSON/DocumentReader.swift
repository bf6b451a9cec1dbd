package import Platform

/// Reads a structure from a document, as callers have it that know an operation by its JSON alone.
///
/// Members have the names of the model; their first letters may be of either case, since Step
/// Functions writes them all in upper case.
package final class DocumentReader: BodyReader {
    /// An object, array or value that is being read. What is left of a collection is taken from its
    /// end.
    private enum Frame {
        case members([(key: String, value: Document)])
        case elements([Document])
    }

    private var frames: [Frame] = []
    private var value: Document

    /// Makes a reader of `document`.
    package init(_ document: Document) { self.value = document }

    package func beginStructure(at place: Place) throws { try beginMap(at: place) }

    package func nextMember(of shape: Shape) throws -> Int? {
        while let key = try nextKey() {
            if let position = Self.position(of: key, in: shape) { return position }
            throw malformed("The field \"\(key)\" is not supported by \(shape.name)")
        }
        return nil
    }

    private static func position(of key: String, in shape: Shape) -> Int? {
        let rest = key.dropFirst()
        return shape.members.firstIndex { member in
            member.name.dropFirst() == rest
                && member.name.prefix(1).lowercased() == key.prefix(1).lowercased()
        }
    }

    package func beginList(at place: Place) throws {
        guard case .array(let elements) = value else {
            throw malformed("Unexpected value type in payload")
        }
        frames.append(.elements(elements.reversed()))
    }

    package func nextElement() throws -> BodyElement {
        guard case .elements(var rest)? = frames.popLast(), let next = rest.popLast() else {
            return .end
        }
        frames.append(.elements(rest))
        value = next
        return next == .null ? .null : .value
    }

    package func beginMap(at place: Place) throws {
        guard case .object(let members) = value else {
            throw malformed("Unexpected value type in payload")
        }
        frames.append(.members(members.sorted { $0.key > $1.key }))
    }

    package func nextKey() throws -> String? {
        guard case .members(var rest)? = frames.popLast() else { return nil }
        while let (key, next) = rest.popLast() {
            if next == .null { continue }
            frames.append(.members(rest))
            value = next
            return key
        }
        return nil
    }

    package func string() throws -> String {
        guard case .string(let text) = value else { throw unconvertible(to: "a String") }
        return text
    }

    package func boolean() throws -> Bool {
        guard case .boolean(let value) = value else { throw unconvertible(to: "a Boolean") }
        return value
    }

    package func integer(bits: Int) throws -> Int {
        guard let whole = value.integerValue, bits == 64 || Int32(exactly: whole) != nil else {
            throw unconvertible(to: bits == 32 ? "an Integer" : "a Long")
        }
        return Int(whole)
    }

    package func double() throws -> Double {
        switch value {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw unconvertible(to: "a Double")
        }
    }

    /// Text stands for its Base64; a JSON value that stands where bytes belong is their text, as
    /// Step Functions has it.
    package func blob() throws -> [UInt8] {
        guard case .string(let text) = value else { return value.json() }
        return Base64.decode(text.utf8) ?? Array(text.utf8)
    }

    package func timestamp(at place: Place) throws -> Instant {
        let format = place.timestampFormat(default: .iso8601)
        let instant =
            switch value {
            case .integer(let seconds): Instant(epochSeconds: Double(seconds))
            case .number(let seconds): Instant(epochSeconds: seconds)
            case .string(let text): format.instant(text)
            default: Instant?.none
            }
        guard let instant else { throw unconvertible(to: "a Timestamp") }
        return instant
    }

    package func document() throws -> Document { value }

    package func skip() throws {}

    package func end() throws {}

    package func malformed(_ message: String) -> AWSError {
        AWSError("SerializationException", message)
    }

    private func unconvertible(to type: String) -> AWSError {
        malformed("A value can not be converted to \(type)")
    }
}
