package import Platform

/// Writes a value of a known shape, part by part, as a message in some protocol.
///
/// The generated `write` methods drive it; it follows the schema as it goes.
package class ShapeWriter {
    package func beginStructure(_ shape: Shape) { unimplemented() }
    /// Says that the next value is the member at `position`.
    package func member(_ position: Int) { unimplemented() }
    package func endStructure() { unimplemented() }

    package func beginList(count: Int) { unimplemented() }
    package func endList() { unimplemented() }

    package func beginMap(count: Int) { unimplemented() }
    /// Says that the next value is the one of `key`.
    package func key(_ key: String) { unimplemented() }
    package func endMap() { unimplemented() }

    package func string(_ value: String) { unimplemented() }
    package func boolean(_ value: Bool) { unimplemented() }
    package func integer(_ value: Int) { unimplemented() }
    package func double(_ value: Double) { unimplemented() }
    package func blob(_ value: [UInt8]) { unimplemented() }
    package func timestamp(_ value: Instant) { unimplemented() }
    package func document(_ value: Document) { unimplemented() }
    /// A streaming blob: the message's body.
    package func body(_ value: Body) { unimplemented() }
    /// An event stream: the message's body.
    package func eventStream<Event: Structure>(_ value: EventStream<Event>) { unimplemented() }

    private func unimplemented() -> Never { fatalError("a writer overrides this") }
}
