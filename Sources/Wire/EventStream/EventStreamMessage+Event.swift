extension EventStreamMessage {
    /// The message of an event, a union of which one member is there.
    init(event: some Structure, in schema: ServiceSchema, format: EventFormat) {
        var headers: [Header] = []
        var rawPayload: [UInt8]?
        let payload = format.encode { body in
            let writer = EventMessageWriter(body, contentType: format.contentType)
            event.write(to: ShapeWriter(writer, in: schema, bindsHTTP: false))
            (headers, rawPayload) = (writer.headers, writer.rawPayload)
        }
        self.init(headers: headers, payload: rawPayload ?? payload)
    }

    /// The message that ends a stream of events of the shape `union` with an error: an exception
    /// where the union has it, an error without a model elsewhere.
    init(error: AWSError, of union: Shape, in schema: ServiceSchema, format: EventFormat) {
        let member = union.members.first { schema.shapes[$0.target].name == error.code }
        guard let member else {
            // A header holds 32 KiB, and a message may quote the caller at any length.
            let text = String(decoding: error.message.utf8.prefix(4096), as: UTF8.self)
            self.init(headers: [
                Header(":message-type", .string("error")),
                Header(":error-code", .string(error.code)),
                Header(":error-message", .string(text)),
            ])
            return
        }
        self.init(
            headers: [
                Header(":message-type", .string("exception")),
                Header(":exception-type", .string(member.name)),
                Header(":content-type", .string(format.contentType)),
            ],
            payload: format.encodeError(error))
    }

    /// The first message of a stream in the protocols that have no other place for the rest of the output.
    package init(initialResponse payload: [UInt8], contentType: String) {
        self.init(
            headers: [
                Header(":message-type", .string("event")),
                Header(":event-type", .string("initial-response")),
                Header(":content-type", .string(contentType)),
            ],
            payload: payload)
    }

    /// The event that this message is.
    ///
    /// - Parameter format: what reads the payload.
    /// - Throws: `AWSError`: the error that the message reports, or `SerializationException` and its
    ///   kin where it is no event of the stream.
    package func event<Event: Structure>(
        _: Event.Type = Event.self, in schema: ServiceSchema, format: any BodyReader
    ) throws -> Event {
        if text(":message-type") == "error" {
            throw AWSError(
                text(":error-code") ?? "InternalFailure", text(":error-message") ?? "", status: 500)
        }
        let body = EventMessageReader(self, format: format)
        return try ShapeReader(body, in: schema, validation: .validationException).message()
    }
}
