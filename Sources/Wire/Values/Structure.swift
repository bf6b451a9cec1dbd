/// A structure of an API model, as generated: plain values that know their shape and no protocol.
///
/// A codec drives `read` and `write`; members are named by their position in the shape.
package protocol Structure: Sendable {
    /// The shape in the service's schema.
    static var shape: Shape { get }

    /// Makes a value with every member absent; required members are empty.
    init()

    /// Reads the members that `reader` has.
    ///
    /// - Throws: `AWSError` where the input is malformed.
    mutating func read(from reader: ShapeReader) throws

    /// Writes the members that are there.
    func write(to writer: ShapeWriter)
}

/// The input or output of an operation that has none.
package struct EmptyStructure: Structure {
    package static let shape = Shape(
        kind: .structure, name: "Empty", members: [], attributes: SchemaAttributes(""))

    package init() {}

    package mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while try reader.nextMember() != nil {}
    }

    package func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        writer.endStructure()
    }
}

/// A member whose structure contains, through others, itself.
package indirect enum Indirect<Value: Sendable>: Sendable {
    case value(Value)

    /// Wraps `value`.
    package init(_ value: Value) { self = .value(value) }

    /// The structure.
    package var wrapped: Value {
        switch self {
        case .value(let value): value
        }
    }
}
