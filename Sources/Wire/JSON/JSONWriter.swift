package import Platform

/// Writes bodies in JSON.
package final class JSONWriter: BodyWriter {
    private var output = JSONOutput()

    /// Makes a writer that has written nothing.
    package init() {}

    /// What has been written.
    package var bytes: [UInt8] { output.bytes }

    package func beginStructure(at place: Place) { output.begin("{") }
    package func member(_ position: Int, of shape: Shape) {
        output.key(shape.members[position].wireName)
    }
    package func endStructure() { output.end("}") }

    package func beginList(at place: Place, count: Int) { output.begin("[") }
    package func endList() { output.end("]") }

    package func beginMap(at place: Place, count: Int) { output.begin("{") }
    package func key(_ key: String) { output.key(key) }
    package func endMap() { output.end("}") }

    package func string(_ value: String, at place: Place) { output.string(value) }
    package func boolean(_ value: Bool, at place: Place) {
        output.literal(value ? "true" : "false")
    }
    package func integer(_ value: Int, at place: Place) { output.literal(String(value)) }
    package func double(_ value: Double, at place: Place) {
        output.double(value, isFloat: place.shape.kind == .float)
    }
    package func blob(_ value: [UInt8], at place: Place) { output.base64(value) }
    package func timestamp(_ value: Instant, at place: Place) {
        let format = place.timestampFormat(default: .epochSeconds)
        let text = format.text(value)
        if format == .epochSeconds { output.literal(text) } else { output.string(text) }
    }
    package func document(_ value: Document, at place: Place) { output.document(value) }

    package func json(_ append: (inout [UInt8]) -> Void) -> Bool {
        output.value(append)
        return true
    }

    package func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        .events(events, in: schema, format: .json)
    }
}
