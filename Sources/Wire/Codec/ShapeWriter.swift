package import Platform

/// Writes a value of a known shape, part by part, as a message in some protocol.
///
/// The generated `write` methods drive it; it follows the schema as it goes. The body's syntax is
/// the work of a `BodyWriter`; members that are bound to other parts of the message are set aside
/// in `bound` and `payload`.
package final class ShapeWriter {
    private struct Frame {
        let shape: Shape
        var member = 0
    }

    /// The values of the members that stand outside the body.
    package private(set) var bound: [BoundMember] = []
    /// The body, where it is not what the body's writer has written: a blob, a string, a stream.
    package private(set) var payload: Body?
    /// Whether anything was written in the body's format.
    package private(set) var hasWrittenBody = false

    private let schema: ServiceSchema
    private let body: any BodyWriter
    private let bindsHTTP: Bool
    private var target: any BodyWriter
    /// The bound member that is being written.
    private var boundMember: (position: Int, writer: BoundWriter)?
    private var frames: [Frame] = []
    private let outermost: Place?

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - body: what writes the body.
    ///   - bindsHTTP: whether members go to the parts of the HTTP message that the model binds them to; false
    ///     in protocols that put every member into the body.
    ///   - outermost: the place of the outermost structure, where its name is not its shape's.
    package init(
        _ body: any BodyWriter, in schema: ServiceSchema, bindsHTTP: Bool, outermost: Place? = nil
    ) {
        self.body = body
        self.schema = schema
        self.bindsHTTP = bindsHTTP
        self.target = body
        self.outermost = outermost
    }

    // MARK: - Structures

    /// Begins a structure or union.
    package func beginStructure(_ shape: Shape) {
        if frames.isEmpty {
            // A structure that has a payload is no value of the body's: its payload is.
            if writesOutermost(shape) {
                hasWrittenBody = true
                body.beginStructure(at: outermost ?? Place(shape))
            }
        } else {
            target.beginStructure(at: place)
        }
        frames.append(Frame(shape: shape))
    }

    /// Says that the next value is the member at `position`.
    package func member(_ position: Int) {
        let top = frames.count - 1
        frames[top].member = position
        let shape = frames[top].shape
        if top > 0 || !standsOutside(position, of: shape) { target.member(position, of: shape) }
    }

    /// Ends the structure that was begun last.
    package func endStructure() {
        let frame = frames.removeLast()
        guard frames.isEmpty else { return target.endStructure() }
        finishBoundMember()
        if writesOutermost(frame.shape) { body.endStructure() }
    }

    /// Turns to the writer of the outermost structure's member at `position`; true where the body
    /// does not name the member.
    private func standsOutside(_ position: Int, of shape: Shape) -> Bool {
        finishBoundMember()
        target = body
        let member = shape.members[position]
        if isEventStream(member) { return true }
        guard bindsHTTP else { return false }
        let isPayload = shape.payload == position
        if isBound(member) || isPayload && isRaw(member) {
            let writer = BoundWriter(isPayload: isPayload)
            boundMember = (position, writer)
            target = writer
            return true
        }
        if isPayload { hasWrittenBody = true }
        return isPayload
    }

    /// Whether the outermost structure itself is a value of the body's. One that has members, all
    /// of them bound elsewhere, is not.
    private func writesOutermost(_ shape: Shape) -> Bool {
        !bindsHTTP
            || shape.payload == nil && shape.members.contains { !isBound($0) && !isEventStream($0) }
    }

    /// Whether a member goes to a part of a response that is not the body; responses have no path
    /// and no query.
    private func isBound(_ member: Member) -> Bool {
        switch member.location {
        case .header, .headers, .statusCode: true
        case .body, .querystring, .uri: false
        }
    }

    /// Whether a payload is bytes, not a value in the body's format.
    private func isRaw(_ member: Member) -> Bool {
        switch schema.shapes[member.target].kind {
        case .string, .blob: true
        default: false
        }
    }

    private func isEventStream(_ member: Member) -> Bool {
        let shape = schema.shapes[member.target]
        return shape.isStreaming && shape.kind == .union
    }

    private func finishBoundMember() {
        guard let (position, writer) = boundMember else { return }
        boundMember = nil
        switch writer.value {
        case .body(let body)?: payload = body
        case let value?: bound.append(BoundMember(position, value))
        case nil: break
        }
    }

    // MARK: - Lists and maps

    /// Begins a list of `count` elements.
    package func beginList(count: Int) {
        let place = self.place
        target.beginList(at: place, count: count)
        frames.append(Frame(shape: place.shape))
    }

    /// Ends the list that was begun last.
    package func endList() {
        frames.removeLast()
        target.endList()
    }

    /// Begins a map of `count` entries.
    package func beginMap(count: Int) {
        let place = self.place
        target.beginMap(at: place, count: count)
        frames.append(Frame(shape: place.shape, member: 1))
    }

    /// Says that the next value is the one of `key`.
    package func key(_ key: String) { target.key(key) }

    /// Ends the map that was begun last.
    package func endMap() {
        frames.removeLast()
        target.endMap()
    }

    // MARK: - Scalars

    /// Writes a string, or JSON text (`jsonvalue`).
    package func string(_ value: String) { target.string(value, at: place) }
    /// Writes a boolean.
    package func boolean(_ value: Bool) { target.boolean(value, at: place) }
    /// Writes an integer of 32 or 64 bits.
    package func integer(_ value: Int) { target.integer(value, at: place) }
    /// Writes a floating-point number.
    package func double(_ value: Double) { target.double(value, at: place) }
    /// Writes bytes.
    package func blob(_ value: [UInt8]) { target.blob(value, at: place) }
    /// Writes a point in time, in the format of its shape or member.
    package func timestamp(_ value: Instant) { target.timestamp(value, at: place) }
    /// Writes a value of no fixed shape.
    package func document(_ value: Document) { target.document(value, at: place) }

    /// Writes a value with `write`, the codec of a shape that has one of its own.
    package func custom(_ write: (any BodyWriter, Place) -> Void) { write(target, place) }

    /// A streaming blob: the message's body.
    package func body(_ value: Body) {
        payload = value
    }

    /// An event stream: the message's body.
    package func eventStream<Event: Structure>(_ value: EventStream<Event>) {
        payload = body.eventStream(value, in: schema)
    }

    /// The place of the value that comes next.
    private var place: Place {
        let frame = frames[frames.count - 1]
        let target = schema.shapes[frame.shape.members[frame.member].target]
        return Place(target, owner: frame.shape, position: frame.member)
    }
}
