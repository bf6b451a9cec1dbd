import Platform

/// Writes values as CBOR.
final class CBORBodyWriter: BodyWriter {
    /// What has been written.
    private(set) var cbor = CBOREncoder()

    // The number of a structure's members is known only at its end.
    func beginStructure(at place: Place) { cbor.beginMap() }
    func member(_ position: Int, of shape: Shape) { cbor.text(shape.members[position].wireName) }
    func endStructure() { cbor.end() }

    func beginList(at place: Place, count: Int) { cbor.beginArray(count: count) }
    func endList() {}

    func beginMap(at place: Place, count: Int) { cbor.beginMap(count: count) }
    func key(_ key: String) { cbor.text(key) }
    func endMap() {}

    func string(_ value: String, at place: Place) { cbor.text(value) }
    func boolean(_ value: Bool, at place: Place) { cbor.boolean(value) }
    func integer(_ value: Int, at place: Place) { cbor.integer(Int64(value)) }
    func double(_ value: Double, at place: Place) { cbor.float(value) }
    func blob(_ value: [UInt8], at place: Place) { cbor.byteString(value) }

    func timestamp(_ value: Instant, at place: Place) {
        cbor.tag(1)
        let (seconds, milliseconds) = value.milliseconds.quotientAndRemainder(dividingBy: 1000)
        if milliseconds == 0 {
            cbor.integer(seconds)
        } else {
            cbor.float(Double(value.milliseconds) / 1000)
        }
    }

    func document(_ value: Document, at place: Place) { cbor.document(value) }

    func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        .events(events, in: schema, format: .cbor)
    }
}
