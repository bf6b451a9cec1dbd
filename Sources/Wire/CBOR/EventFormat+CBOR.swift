extension EventFormat {
    /// Events in CBOR.
    static let cbor = EventFormat(
        contentType: RPCv2CBORCodec.mediaType,
        encode: { write in
            let body = CBORBodyWriter()
            write(body)
            return body.cbor.bytes
        },
        encodeError: { error in
            var cbor = CBOREncoder()
            cbor.error(error, type: nil)
            return cbor.bytes
        })
}
