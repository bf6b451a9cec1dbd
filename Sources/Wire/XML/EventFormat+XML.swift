extension EventFormat {
    /// Events in XML, as those of `SelectObjectContent`.
    static func xml(in schema: ServiceSchema) -> EventFormat {
        EventFormat(
            contentType: "text/xml",
            encode: { write in
                let body = XMLBodyWriter(in: schema, root: .modeled, writesMilliseconds: true)
                write(body)
                return body.xml.bytes
            },
            encodeError: { error in
                var xml = XMLWriter()
                xml.error(error, withType: false)
                return xml.bytes
            })
    }
}
