import NIOCore
package import Platform

/// Reads the value of one bound member.
package final class BoundReader: TextBodyReader {
    /// What is being read; the innermost is last. A list or map is taken apart from its front.
    private var values: [BoundValue]

    /// Makes a reader of `value`.
    package init(_ value: BoundValue) { self.values = [value] }

    package func beginStructure(at place: Place) throws { throw malformed("Unexpected structure") }
    package func nextMember(of shape: Shape) throws -> Int? { nil }

    package func beginList(at place: Place) throws {
        switch values.removeLast() {
        case .text(let text): values.append(.list([text]))
        case .list(let texts): values.append(.list(texts.reversed()))
        case .map, .body: throw malformed("Unexpected list")
        }
    }

    package func nextElement() throws -> BodyElement {
        guard case .list(var texts)? = values.popLast(), let text = texts.popLast() else {
            return .end
        }
        values += [.list(texts), .text(text)]
        return .value
    }

    package func beginMap(at place: Place) throws {
        guard case .map(let entries) = values.removeLast() else {
            throw malformed("Unexpected map")
        }
        values.append(.map(entries.reversed()))
    }

    package func nextKey() throws -> String? {
        guard case .map(var entries)? = values.popLast(), let entry = entries.popLast() else {
            return nil
        }
        values += [.map(entries), entry.value]
        return entry.key
    }

    package func string() throws -> String {
        switch values.removeLast() {
        case .text(let text): return text
        case .list(let texts): return texts.first ?? ""
        case .map: throw malformed("Unexpected map")
        case .body(.bytes(let buffer)):
            guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
                throw malformed("Invalid UTF-8")
            }
            return text
        case .body(.stream): preconditionFailure("only a streaming blob is left uncollected")
        }
    }

    package func blob() throws -> [UInt8] {
        if case .body(.bytes(let buffer))? = values.last { return Array(buffer.readableBytesView) }
        guard let bytes = Base64.decode(try string().utf8) else {
            throw malformed("Invalid base64")
        }
        return bytes
    }

    package func timestamp(at place: Place) throws -> Instant {
        let inHeader = place.member?.location == .header
        let format = place.timestampFormat(default: inHeader ? .httpDate : .iso8601)
        guard let value = format.instant(try string()) else {
            throw malformed("STRING_VALUE can not be converted to a Timestamp")
        }
        return value
    }

    package func skip() throws { values.removeLast() }

    package func end() throws {}

    package func malformed(_ message: String) -> AWSError {
        AWSError("SerializationException", message)
    }

    /// JSON text, which headers carry as Base64.
    func jsonText() throws -> String {
        guard let text = String(validating: try blob(), as: UTF8.self) else {
            throw malformed("Invalid UTF-8")
        }
        return text
    }

    /// The body as it came.
    func body() throws -> Body {
        guard case .body(let body)? = values.last else { return Body(try blob()) }
        return body
    }
}
