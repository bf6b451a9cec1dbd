import Platform

/// Reads an event from a message: the union's member is the event's type, its headers and payload
/// are put in their places, and the format reads the rest.
final class EventMessageReader: BodyReader {
    /// Where the values of the event's member come from.
    private enum Source {
        case body
        case header(EventStreamMessage.Value)
        /// The payload, as it is or in the format.
        case payload
    }

    private let message: EventStreamMessage
    private let format: any BodyReader
    private var source = Source.body
    /// The number of structures that are open: the union, the event, what stands in it.
    private var depth = 0
    /// The members that headers and the payload have, the next one last.
    private var members: [(position: Int, source: Source)] = []
    /// Whether the event itself is read from the format.
    private var readsEvent = false
    private var hasEnteredEvent = false
    private var hasReadUnion = false

    init(_ message: EventStreamMessage, format: any BodyReader) {
        self.message = message
        self.format = format
    }

    // MARK: - Structures

    func beginStructure(at place: Place) throws {
        depth += 1
        switch (depth, source) {
        case (1, _): break
        case (2, _): beginEvent(place.shape)
        case (3, .payload): try format.beginStructure(at: Place(place.shape))
        default: try format.beginStructure(at: place)
        }
    }

    private func beginEvent(_ shape: Shape) {
        for (position, member) in shape.members.enumerated().reversed() {
            if member.isEventPayload {
                members.append((position, .payload))
            } else if member.isEventHeader,
                let header = message.headers.first(where: { $0.name == member.wireName })
            {
                members.append((position, .header(header.value)))
            }
        }
        let hasPayload = shape.members.contains { $0.isEventPayload }
        readsEvent = !hasPayload && !message.payload.isEmpty
    }

    func nextMember(of shape: Shape) throws -> Int? {
        switch depth {
        case 1: return try nextMemberOfUnion(shape)
        case 2: return try nextMemberOfEvent(shape)
        default:
            let next = try format.nextMember(of: shape)
            if next == nil { depth -= 1 }
            return next
        }
    }

    private func nextMemberOfUnion(_ shape: Shape) throws -> Int? {
        guard !hasReadUnion else {
            depth -= 1
            return nil
        }
        hasReadUnion = true
        let type = message.text(":event-type") ?? message.text(":exception-type")
        guard let position = shape.members.firstIndex(where: { $0.name == type }) else {
            throw malformed("The event stream has no event of this type")
        }
        return position
    }

    private func nextMemberOfEvent(_ shape: Shape) throws -> Int? {
        if let member = members.popLast() {
            source = member.source
            return member.position
        }
        source = .body
        if readsEvent {
            if !hasEnteredEvent { try format.beginStructure(at: Place(shape)) }
            hasEnteredEvent = true
            while let position = try format.nextMember(of: shape) {
                guard shape.members[position].isEventHeader else { return position }
                try format.skip()
            }
        }
        depth -= 1
        return nil
    }

    // MARK: - Lists and maps, which only the format can express

    func beginList(at place: Place) throws { try format.beginList(at: place) }
    func nextElement() throws -> BodyElement { try format.nextElement() }
    func beginMap(at place: Place) throws { try format.beginMap(at: place) }
    func nextKey() throws -> String? { try format.nextKey() }

    // MARK: - Scalars

    func string() throws -> String {
        if isPayload {
            guard let text = String(validating: message.payload, as: UTF8.self) else {
                throw malformed("The payload is not UTF-8")
            }
            return text
        }
        return try scalar("a String", { if case .string(let value) = $0 { value } else { nil } }) {
            try format.string()
        }
    }

    func boolean() throws -> Bool {
        try scalar("a Boolean", { if case .boolean(let value) = $0 { value } else { nil } }) {
            try format.boolean()
        }
    }

    func integer(bits: Int) throws -> Int {
        try scalar(bits == 32 ? "an Integer" : "a Long", Self.integer) {
            try format.integer(bits: bits)
        }
    }

    func double() throws -> Double {
        try scalar("a Double", { _ in nil }) { try format.double() }
    }

    func blob() throws -> [UInt8] {
        if isPayload { return message.payload }
        return try scalar("a Blob", { if case .bytes(let value) = $0 { value } else { nil } }) {
            try format.blob()
        }
    }

    func timestamp(at place: Place) throws -> Instant {
        try scalar("a Timestamp", { if case .timestamp(let value) = $0 { value } else { nil } }) {
            try format.timestamp(at: place)
        }
    }

    func document() throws -> Document { try format.document() }

    func skip() throws { if case .body = source { try format.skip() } }

    func end() throws { if readsEvent { try format.end() } }

    func malformed(_ message: String) -> AWSError { format.malformed(message) }

    private static func integer(_ value: EventStreamMessage.Value) -> Int? {
        switch value {
        case .byte(let value): Int(value)
        case .short(let value): Int(value)
        case .integer(let value): Int(value)
        case .long(let value): Int(value)
        default: nil
        }
    }

    /// Whether the scalar that comes next is the whole payload.
    private var isPayload: Bool {
        if case .payload = source { return depth == 2 }
        return false
    }

    private func scalar<Value>(
        _ name: String, _ header: (EventStreamMessage.Value) -> Value?, _ body: () throws -> Value
    ) throws -> Value {
        guard depth == 2, case .header(let value) = source else { return try body() }
        guard let value = header(value) else {
            throw malformed("The header cannot be converted to \(name)")
        }
        return value
    }
}
