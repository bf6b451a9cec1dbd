package import Platform

/// Reads a value of a known shape, part by part, from a message in some protocol.
///
/// The generated `read` methods drive it. It follows the schema as it goes: it knows names, locations and formats, and checks
/// constraints; what they violate is gathered and thrown as one `ValidationException` when the outermost structure ends.
package class ShapeReader {
    /// Enters the structure that stands here.
    package func beginStructure(_ shape: Shape) throws { unimplemented() }

    /// Moves to the next member that is there and returns its position; `nil` at the structure's end. Members that the shape does
    /// not have, and members that are null, are passed over.
    package func nextMember() throws -> Int? { unimplemented() }

    /// Enters the list that stands here.
    package func beginList() throws { unimplemented() }

    /// Moves to the next element; false at the list's end.
    package func nextElement() throws -> Bool { unimplemented() }

    /// Enters the map that stands here.
    package func beginMap() throws { unimplemented() }

    /// Moves to the next entry and returns its key; `nil` at the map's end.
    package func nextKey() throws -> String? { unimplemented() }

    package func string() throws -> String { unimplemented() }
    package func boolean() throws -> Bool { unimplemented() }
    /// An integer of 32 or 64 bits, as its shape says.
    package func integer() throws -> Int { unimplemented() }
    package func double() throws -> Double { unimplemented() }
    package func blob() throws -> [UInt8] { unimplemented() }
    package func timestamp() throws -> Instant { unimplemented() }
    package func document() throws -> Document { unimplemented() }
    /// A streaming blob: the message's body.
    package func body() throws -> Body { unimplemented() }

    /// Reads the structure that stands here.
    package final func structure<Value: Structure>(_: Value.Type = Value.self) throws -> Value {
        var value = Value()
        try value.read(from: self)
        return value
    }

    private func unimplemented() -> Never { fatalError("a reader overrides this") }
}
