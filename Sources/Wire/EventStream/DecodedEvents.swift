/// The events of a stream that a request carries, read as they are asked for.
struct DecodedEvents<Event: Structure>: AsyncSequence, Sendable {
    let messages: EventStreamMessages
    let schema: ServiceSchema
    let reader: ShapeReader.EventReader

    func makeAsyncIterator() -> Iterator {
        Iterator(messages: messages.makeAsyncIterator(), schema: schema, reader: reader)
    }

    /// Throws `AWSError`: `SerializationException` where the stream is malformed, and what an event throws.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var messages: EventStreamMessages.Iterator
        fileprivate let schema: ServiceSchema
        fileprivate let reader: ShapeReader.EventReader

        mutating func next() async throws -> Event? {
            try await next(isolation: nil)
        }

        mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> Event? {
            do {
                guard let message = try await messages.next(isolation: actor) else { return nil }
                return try message.event(in: schema, format: try reader(message.payload))
            } catch is EventStreamError {
                throw AWSError("SerializationException", "The event stream is malformed")
            }
        }
    }
}
