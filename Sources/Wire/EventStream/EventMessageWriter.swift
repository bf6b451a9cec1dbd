import Platform

/// Turns an event into a message: the union's member names it, its headers and payload are set
/// aside, and the format gets the rest.
final class EventMessageWriter: BodyWriter {
    /// Where the values of the event's member go.
    private enum Destination {
        /// Into the format, as a member of the event's structure.
        case body
        /// Into the message's headers, under a name.
        case header(String)
        /// Into the format or as they are: the value is the payload.
        case payload
    }

    private(set) var headers: [EventStreamMessage.Header] = []
    /// The payload, where it is not what the format has written.
    private(set) var rawPayload: [UInt8]?
    private let format: any BodyWriter
    private let contentType: String
    private var destination = Destination.body
    /// The number of structures that are open: the union, the event, what stands in it.
    private var depth = 0
    /// Whether the event itself is written in the format.
    private var writesEvent = false

    init(_ format: any BodyWriter, contentType: String) {
        self.format = format
        self.contentType = contentType
        self.headers = [.init(":message-type", .string("event"))]
    }

    // MARK: - Structures

    func beginStructure(at place: Place) {
        depth += 1
        switch (depth, destination) {
        case (1, _): break
        case (2, _): beginEvent(place.shape)
        case (3, .payload):
            header(":content-type", contentType)
            format.beginStructure(at: Place(place.shape))
        default: format.beginStructure(at: place)
        }
    }

    private func beginEvent(_ shape: Shape) {
        let hasPayload = shape.members.contains { $0.isEventPayload }
        writesEvent = !hasPayload && shape.members.contains { !$0.isEventHeader }
        guard writesEvent else { return }
        header(":content-type", contentType)
        format.beginStructure(at: Place(shape))
    }

    func member(_ position: Int, of shape: Shape) {
        let member = shape.members[position]
        switch depth {
        case 1: header(":event-type", member.name)
        case 2 where member.isEventHeader: destination = .header(member.wireName)
        case 2 where member.isEventPayload: destination = .payload
        case 2:
            destination = .body
            format.member(position, of: shape)
        default: format.member(position, of: shape)
        }
    }

    func endStructure() {
        if depth > 2 || depth == 2 && writesEvent { format.endStructure() }
        depth -= 1
    }

    // MARK: - Lists and maps, which only the format can express

    func beginList(at place: Place, count: Int) { format.beginList(at: place, count: count) }
    func endList() { format.endList() }
    func beginMap(at place: Place, count: Int) { format.beginMap(at: place, count: count) }
    func key(_ key: String) { format.key(key) }
    func endMap() { format.endMap() }

    // MARK: - Scalars

    func string(_ value: String, at place: Place) {
        if isPayload {
            header(":content-type", "text/plain")
            rawPayload = Array(value.utf8)
        } else if !takeHeader(.string(value)) {
            format.string(value, at: place)
        }
    }

    func boolean(_ value: Bool, at place: Place) {
        if !takeHeader(.boolean(value)) { format.boolean(value, at: place) }
    }

    func integer(_ value: Int, at place: Place) {
        let isLong = place.shape.kind == .long
        let header: EventStreamMessage.Value =
            isLong ? .long(Int64(value)) : .integer(Int32(clamping: value))
        if !takeHeader(header) { format.integer(value, at: place) }
    }

    func double(_ value: Double, at place: Place) { format.double(value, at: place) }

    func blob(_ value: [UInt8], at place: Place) {
        if isPayload {
            header(":content-type", "application/octet-stream")
            rawPayload = value
        } else if !takeHeader(.bytes(value)) {
            format.blob(value, at: place)
        }
    }

    func timestamp(_ value: Instant, at place: Place) {
        if !takeHeader(.timestamp(value)) { format.timestamp(value, at: place) }
    }

    func document(_ value: Document, at place: Place) { format.document(value, at: place) }

    func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        preconditionFailure("an event has no event stream in it")
    }

    /// Whether the scalar that comes next is the whole payload.
    private var isPayload: Bool {
        if case .payload = destination { return depth == 2 }
        return false
    }

    private func takeHeader(_ value: EventStreamMessage.Value) -> Bool {
        guard depth == 2, case .header(let name) = destination else { return false }
        headers.append(.init(name, value))
        return true
    }

    private func header(_ name: String, _ value: String) {
        headers.append(.init(name, .string(value)))
    }
}
