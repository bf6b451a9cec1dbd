package import Platform

/// Reads a value of a known shape, part by part, from a message in some protocol.
///
/// The generated `read` methods drive it. It follows the schema as it goes and checks required
/// members and constraints; what they violate is gathered and thrown as one error when everything
/// is read. The body's syntax is the work of a `BodyReader`. Members that are bound to other parts
/// of the message come first.
package final class ShapeReader {
    /// How deep structures, lists and maps may nest, so that no message can exhaust the stack.
    package static let greatestDepth = 100

    private static let severalMembers = "Union must have exactly one member set"

    /// The structure, list or map that is being read.
    private struct Frame {
        let shape: Shape
        /// The position of the member that is being read.
        var member = 0
        /// The shape of the value that comes next.
        var target: Shape
        /// The required members that were there, a bit each.
        var seen: UInt64 = 0
        var violations: CollectionViolations?
        /// The number of elements, of entries, or of a union's members.
        var count = 0
        var key = ""
    }

    /// Makes a reader of an event's payload, in the format of the stream.
    package typealias EventReader = @Sendable ([UInt8]) throws -> any BodyReader

    private let schema: ServiceSchema
    private let shapes: [Shape]
    private let events: EventReader?
    private let format: (any BodyReader)?
    private let validation: ValidationStyle
    /// Whether members bound to parts of an HTTP message are taken from there, and from there
    /// alone.
    private let bindsHTTP: Bool
    private var bound: ArraySlice<BoundMember>
    private var hasEnteredBody = false
    /// Whether the body is one member's bytes, which were taken as they are.
    private var hasBoundPayload = false
    /// What the value that comes next is read from: the body, or the text of a bound member.
    private var source: any BodyReader
    private var frames: [Frame] = []
    private var violations: [ConstraintViolation] = []
    private var postponed: AWSError?

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - body: what the body is read from; `nil` where the body is empty, which means that no
    ///     member is in it.
    ///   - bound: the values of the members that other parts of the message carry; `nil` in
    ///     protocols that put every member into the body.
    ///   - events: reads the events of a stream; `nil` in protocols whose requests have none.
    package init(
        _ body: (any BodyReader)?, in schema: ServiceSchema, bound: [BoundMember]? = nil,
        validation: ValidationStyle, events: EventReader? = nil
    ) {
        self.schema = schema
        self.events = events
        self.shapes = schema.shapes
        self.format = body
        self.validation = validation
        self.bindsHTTP = bound != nil
        self.bound = (bound ?? [])[...]
        self.source = body ?? BoundReader(.list([]))
    }

    /// Reads the whole message.
    ///
    /// - Throws: `AWSError` where the message is malformed, or where it violates constraints.
    package func message<Value: Structure>(_: Value.Type = Value.self) throws -> Value {
        let value: Value
        do {
            value = try structure()
            if hasEnteredBody { try format?.end() }
        } catch let error as any BodySyntaxError {
            throw source.malformed(error.message)
        }
        guard violations.isEmpty else {
            var error = validation.error(violations)
            error.violations = violations
            throw error
        }
        if let postponed { throw postponed }
        return value
    }

    /// Reads the structure that stands here.
    package func structure<Value: Structure>(_: Value.Type = Value.self) throws -> Value {
        var value = Value()
        try value.read(from: self)
        return value
    }

    // MARK: - Structures

    /// Enters the structure that stands here.
    package func beginStructure(_ shape: Shape) throws {
        // The outermost structure may have no member in the body, so the body is entered when one
        // is asked for.
        if !frames.isEmpty { try source.beginStructure(at: place) }
        try push(Frame(shape: shape, target: shape))
    }

    /// Moves to the next member that is there and returns its position; `nil` at the structure's
    /// end. Members that the shape does not have, and members that are null, are passed over.
    package func nextMember() throws -> Int? {
        let top = frames.count - 1
        let shape = frames[top].shape
        let next = top == 0 ? try nextOutermostMember(of: shape) : try source.nextMember(of: shape)
        guard let position = next else {
            endStructure()
            return nil
        }
        if shape.kind == .union {
            frames[top].count += 1
            guard frames[top].count == 1 else { throw source.malformed(Self.severalMembers) }
        }
        frames[top].member = position
        frames[top].target = shapes[shape.members[position].target]
        frames[top].seen |= shape.requiredBits[position]
        return position
    }

    private func nextOutermostMember(of shape: Shape) throws -> Int? {
        if let next = bound.popFirst() {
            source = BoundReader(next.value)
            if next.position == shape.payload { hasBoundPayload = true }
            return next.position
        }
        guard let body = format, !hasBoundPayload else { return nil }
        source = body
        if bindsHTTP, let payload = shape.payload {
            if hasEnteredBody { return nil }
            hasEnteredBody = true
            return payload
        }
        if !hasEnteredBody {
            hasEnteredBody = true
            try body.beginStructure(at: Place(shape))
        }
        while let position = try body.nextMember(of: shape) {
            guard bindsHTTP, shape.members[position].location != .body else { return position }
            try body.skip()
        }
        return nil
    }

    private func endStructure() {
        let frame = frames.removeLast()
        let missing = frame.shape.requiredMask & ~frame.seen
        guard missing != 0 else { return }
        for position in frame.shape.required where frame.shape.requiredBits[position] & missing != 0
        {
            let name = ConstraintViolation.pathName(of: frame.shape.members[position])
            report(.null(at: path(to: name)))
        }
    }

    // MARK: - Lists and maps

    /// Enters the list that stands here.
    package func beginList() throws { try beginCollection { try source.beginList(at: $0) } }

    /// Moves to the next element; false at the list's end.
    package func nextElement() throws -> Bool {
        let top = frames.count - 1
        while true {
            switch try source.nextElement() {
            case .value:
                frames[top].count += 1
                return true
            case .null:
                frames[top].count += 1
                report(.null(at: path(to: nil)))
            case .end:
                endCollection()
                return false
            }
        }
    }

    /// Enters the map that stands here.
    package func beginMap() throws { try beginCollection { try source.beginMap(at: $0) } }

    /// Moves to the next entry and returns its key; `nil` at the map's end.
    package func nextKey() throws -> String? {
        let top = frames.count - 1
        guard let key = try source.nextKey() else {
            endCollection()
            return nil
        }
        frames[top].count += 1
        frames[top].key = key
        frames[top].violations?.addKey(key, of: shapes[frames[top].shape.members[0].target])
        return key
    }

    private func beginCollection(_ enter: (Place) throws -> Void) throws {
        let place = self.place
        try enter(place)
        let element = place.shape.members.count - 1
        var frame = Frame(
            shape: place.shape, member: element, target: shapes[place.shape.members[element].target]
        )
        if place.shape.isConstrained || frame.target.isConstrained
            || shapes[place.shape.members[0].target].isConstrained
        {
            frame.violations = CollectionViolations(of: place.shape, element: frame.target)
        }
        try push(frame)
    }

    private func endCollection() {
        let frame = frames.removeLast()
        guard let found = frame.violations?.constraints(count: frame.count), !found.isEmpty else {
            return
        }
        let (path, value) = (self.path(to: nil), frame.violations?.text(count: frame.count))
        for constraint in found {
            report(ConstraintViolation(path: path, value: value, constraint: constraint))
        }
    }

    // MARK: - Scalars

    /// Reads a string, or JSON text (`jsonvalue`).
    package func string() throws -> String {
        let isJSONText = target.kind == .jsonText
        let value =
            try isJSONText
            ? (source as? BoundReader)?.jsonText() ?? source.string() : source.string()
        check {
            value
        } against: {
            $0.violations(of: value)
        }
        return value
    }

    /// Reads a boolean.
    package func boolean() throws -> Bool { try source.boolean() }

    /// An integer of 32 or 64 bits, as its shape says.
    package func integer() throws -> Int {
        let value = try source.integer(bits: target.kind == .integer ? 32 : 64)
        check {
            String(value)
        } against: {
            $0.violations(of: Double(value))
        }
        return value
    }

    /// Reads a floating-point number.
    package func double() throws -> Double {
        let value = try source.double()
        check {
            "\(value)"
        } against: {
            $0.violations(of: value)
        }
        return value
    }

    /// Reads bytes.
    package func blob() throws -> [UInt8] {
        let value = try source.blob()
        check {
            nil
        } against: {
            $0.violations(ofLength: value.count)
        }
        return value
    }

    /// Reads a point in time, in the format of its shape or member.
    package func timestamp() throws -> Instant { try source.timestamp(at: place) }

    /// Reads a value of no fixed shape.
    package func document() throws -> Document { try source.document() }

    /// A streaming blob: the message's body.
    package func body() throws -> Body {
        guard let bound = source as? BoundReader else { return Body(try source.blob()) }
        return try bound.body()
    }

    // MARK: - Shapes with a codec of their own

    /// Reads the value that stands here with `read`, which takes the whole of it from the body.
    ///
    /// `read` walks structures as maps. It takes the value's place with it for the calls that ask for one.
    package func custom<Value>(_ read: (any BodyReader, Place) throws -> Value) throws -> Value {
        try read(source, place)
    }

    /// The shape of the whole message.
    package var outermost: Shape? { frames.first?.shape }

    /// Keeps an error that is thrown when the whole message is read and violates no constraint; the first one counts.
    package func postpone(_ error: AWSError) {
        if postponed == nil { postponed = error }
    }

    /// An event stream: the message's body.
    ///
    /// - Throws: `AWSError` `NotImplemented` (501) in a protocol whose requests have none.
    package func eventStream<Event: Structure>() throws -> EventStream<Event> {
        guard let events, let bound = source as? BoundReader else {
            throw AWSError(
                "NotImplemented", "Event streams of requests are not served in this protocol.",
                status: 501)
        }
        return EventStream(
            DecodedEvents<Event>(
                messages: EventStreamMessages(try bound.body()), schema: schema, reader: events))
    }

    // MARK: - Where we are

    /// The shape of the value that comes next.
    private var target: Shape { frames[frames.count - 1].target }

    /// The place of the value that comes next.
    private var place: Place {
        let top = frames.count - 1
        return Place(frames[top].target, owner: frames[top].shape, position: frames[top].member)
    }

    private func push(_ frame: Frame) throws {
        guard frames.count < Self.greatestDepth else {
            throw source.malformed("Input is nested deeper than \(Self.greatestDepth) levels")
        }
        frames.append(frame)
    }

    /// The path of the value that is being read, as AWS's messages spell it; `name` is a member of
    /// the innermost structure.
    private func path(to name: String?) -> String {
        var parts: [String] = []
        for frame in frames {
            switch frame.shape.kind {
            case .list: parts += [String(frame.count), "member"]
            case .map: parts += [frame.key, "member"]
            default:
                parts.append(ConstraintViolation.pathName(of: frame.shape.members[frame.member]))
            }
        }
        return (parts + (name.map { [$0] } ?? [])).joined(separator: ".")
    }

    /// Reports a violation, up to a number beyond which no reader would read on.
    private func report(_ violation: ConstraintViolation) {
        if violations.count < ConstraintViolation.greatestCount { violations.append(violation) }
    }

    @inline(__always)
    private func check(_ text: () -> String?, against find: (Shape) -> [String]) {
        let top = frames.count - 1
        guard frames[top].target.isConstrained || frames[top].violations != nil else { return }
        let found = frames[top].target.isConstrained ? find(frames[top].target) : []
        // A scalar in a list or map is reported with the whole list or map.
        if let violations = frames[top].violations {
            violations.addElement(text(), found: found, key: frames[top].key)
        } else if !found.isEmpty {
            let (path, value) = (self.path(to: nil), text())
            for constraint in found {
                report(ConstraintViolation(path: path, value: value, constraint: constraint))
            }
        }
    }
}
