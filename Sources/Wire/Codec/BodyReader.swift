package import Platform

/// Reads the tokens of one body format. A format is a class of its own; `ShapeReader` drives it.
///
/// `ShapeReader` keeps the path, checks required members, constraints and depth, and reads the
/// members that are bound to headers, path and query. What is left to a format is its syntax: every
/// method says what is to stand next in the body, and throws `malformed(…)`, or a
/// `BodySyntaxError`, where something else does.
package protocol BodyReader: AnyObject {
    /// Enters the structure or union that stands next.
    func beginStructure(at place: Place) throws
    /// Moves to the next member of `shape` that is there and returns its position; `nil` when the
    /// structure has ended and is left. Passes over members that `shape` does not have, and over
    /// members that are null. A member may come twice: the last one counts.
    func nextMember(of shape: Shape) throws -> Int?

    /// Enters the list that stands next.
    func beginList(at place: Place) throws
    /// Moves to the next element, or leaves the list. After `.null` comes no call that reads a
    /// value.
    func nextElement() throws -> BodyElement

    /// Enters the map that stands next.
    func beginMap(at place: Place) throws
    /// Moves to the next entry that is not null and returns its key; `nil` when the map has ended
    /// and is left.
    func nextKey() throws -> String?

    /// Reads a string.
    func string() throws -> String
    /// Reads a boolean.
    func boolean() throws -> Bool
    /// A whole number; `bits` is 32 or 64, and a number that does not fit is an error.
    func integer(bits: Int) throws -> Int
    /// Reads a floating-point number, or one of the texts that stand for what is none.
    func double() throws -> Double
    /// Reads bytes.
    func blob() throws -> [UInt8]
    /// Reads a point in time in the format of `place`, else in the format's own.
    func timestamp(at place: Place) throws -> Instant
    /// Reads a value of no fixed shape.
    func document() throws -> Document
    /// Passes over the value that stands next.
    func skip() throws

    /// Checks that nothing follows the outermost value.
    func end() throws
    /// The error for a body that cannot be read: `SerializationException`, `MalformedXML` and their
    /// kin.
    func malformed(_ message: String) -> AWSError
}

/// What a list has next.
package enum BodyElement {
    case value
    case null
    case end
}

/// What a format's tokenizer throws; `ShapeReader.message` turns it into the format's `malformed`
/// error.
package protocol BodySyntaxError: Error {
    /// The message for the client.
    var message: String { get }
}
