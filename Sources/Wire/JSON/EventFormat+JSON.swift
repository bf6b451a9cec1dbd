extension EventFormat {
    /// Events in JSON, as those of `InvokeWithResponseStream` and `SubscribeToShard`.
    static let json = EventFormat(
        contentType: "application/json",
        encode: { write in
            let body = JSONWriter()
            write(body)
            return body.bytes
        },
        encodeError: { error in error.json(error.fields) })
}
