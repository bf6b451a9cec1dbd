package import Platform

/// Writes the tokens of one body format. A format is a class of its own; `ShapeWriter` drives it.
///
/// `ShapeWriter` keeps the path and takes away the members that are bound to headers, status and
/// payload.
package protocol BodyWriter: AnyObject {
    /// Begins a structure or union.
    func beginStructure(at place: Place)
    /// Says that the next value is the member at `position` of `shape`.
    func member(_ position: Int, of shape: Shape)
    func endStructure()

    func beginList(at place: Place, count: Int)
    func endList()

    func beginMap(at place: Place, count: Int)
    /// Says that the next value is the one of `key`.
    func key(_ key: String)
    func endMap()

    // Scalars come where a value may: after `member`, after `key`, or in a list.
    func string(_ value: String, at place: Place)
    func boolean(_ value: Bool, at place: Place)
    func integer(_ value: Int, at place: Place)
    func double(_ value: Double, at place: Place)
    func blob(_ value: [UInt8], at place: Place)
    func timestamp(_ value: Instant, at place: Place)
    func document(_ value: Document, at place: Place)

    /// Lets `append` add a whole value as JSON text, where that is the format; false elsewhere, and then nothing was done.
    func json(_ append: (inout [UInt8]) -> Void) -> Bool

    /// The body that carries `events`, each in this format.
    func eventStream<Event: Structure>(_ events: EventStream<Event>, in schema: ServiceSchema)
        -> Body
}

extension BodyWriter {
    /// Writes nothing: the format is not JSON.
    package func json(_ append: (inout [UInt8]) -> Void) -> Bool { false }
}
