package import Platform

/// Writes a structure as a document, with the names of the model, beginning in upper case.
package final class DocumentWriter: BodyWriter {
    private enum Frame {
        case object([String: Document], key: String)
        case array([Document])
    }

    private var frames: [Frame] = []
    /// What was written.
    package private(set) var document: Document = .object([:])

    /// Makes a writer that has written nothing.
    package init() {}

    package func beginStructure(at place: Place) { frames.append(.object([:], key: "")) }
    package func member(_ position: Int, of shape: Shape) {
        let name = shape.members[position].name
        key(name.prefix(1).uppercased() + name.dropFirst())
    }
    package func endStructure() { end() }

    package func beginList(at place: Place, count: Int) { frames.append(.array([])) }
    package func endList() { end() }

    package func beginMap(at place: Place, count: Int) { frames.append(.object([:], key: "")) }
    package func key(_ key: String) {
        guard case .object(let members, _)? = frames.popLast() else { return }
        frames.append(.object(members, key: key))
    }
    package func endMap() { end() }

    package func string(_ value: String, at place: Place) { add(.string(value)) }
    package func boolean(_ value: Bool, at place: Place) { add(.boolean(value)) }
    package func integer(_ value: Int, at place: Place) { add(.integer(Int64(value))) }
    package func double(_ value: Double, at place: Place) { add(.number(value)) }
    package func blob(_ value: [UInt8], at place: Place) { add(.string(Base64.encode(value))) }
    package func timestamp(_ value: Instant, at place: Place) {
        add(.string(place.timestampFormat(default: .iso8601).text(value)))
    }
    package func document(_ value: Document, at place: Place) { add(value) }

    package func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        preconditionFailure("an operation that streams events cannot be called as a document")
    }

    private func add(_ value: Document) {
        switch frames.popLast() {
        case .object(var members, let key)?:
            members[key] = value
            frames.append(.object(members, key: key))
        case .array(let elements)?: frames.append(.array(elements + [value]))
        case nil: document = value
        }
    }

    private func end() {
        switch frames.popLast() {
        case .object(let members, _)?: add(.object(members))
        case .array(let elements)?: add(.array(elements))
        case nil: break
        }
    }
}
