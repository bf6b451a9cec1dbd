import NIOCore

/// The messages of a stream of events, encoded as they are asked for.
///
/// An error of the events becomes the last message: the response has begun, so there is no other
/// way to report it.
struct EventMessages<Event: Structure>: AsyncSequence, Sendable {
    let events: EventStream<Event>
    let schema: ServiceSchema
    let format: EventFormat

    func makeAsyncIterator() -> Iterator {
        Iterator(events: events.events.makeAsyncIterator(), schema: schema, format: format)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var events: (any AsyncIteratorProtocol<Event, any Error>)?
        fileprivate let schema: ServiceSchema
        fileprivate let format: EventFormat

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: nil)
        }

        mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> ByteBuffer? {
            do {
                guard let event = try await events?.next(isolation: actor) else { return nil }
                return EventStreamMessage(event: event, in: schema, format: format).encoded
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                events = nil
                let error =
                    error as? AWSError
                    ?? AWSError("InternalFailure", "An internal error occurred.", status: 500)
                return EventStreamMessage(
                    error: error, of: Event.shape, in: schema, format: format
                ).encoded
            }
        }
    }
}

extension Body {
    /// The body that carries `events`.
    package static func events<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema, format: EventFormat
    ) -> Body {
        .stream(EventMessages(events: events, schema: schema, format: format), length: nil)
    }
}
