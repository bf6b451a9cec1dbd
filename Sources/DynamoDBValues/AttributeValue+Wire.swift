package import Wire

// The codec of the shape `AttributeValue`; modelgen's `custom` names the type.
extension AttributeValue {
    /// Reads a value; what is wrong with it is reported once the whole request is read.
    ///
    /// - Throws: `AWSError` `SerializationException` where the body is malformed.
    package init(from reader: ShapeReader) throws {
        self = try reader.custom { body, place in
            var values = AttributeValueReader(body, at: place)
            let value = try values.value()
            values.report(to: reader)
            return value
        }
    }

    /// Writes the value.
    package func write(to writer: ShapeWriter) {
        writer.custom { body, place in
            if !body.json({ appendJSON(to: &$0) }) { write(to: body, at: place) }
        }
    }

    /// Writes the value in a format of any kind.
    func write(to body: any BodyWriter, at place: Place) {
        body.beginMap(at: place, count: 1)
        body.key(type.rawValue)
        switch self {
        case .string(let value): body.string(value, at: place)
        case .number(let value): body.string(value.text, at: place)
        case .binary(let value): body.blob(value, at: place)
        case .boolean(let value): body.boolean(value, at: place)
        case .null: body.boolean(true, at: place)
        case .list(let values):
            body.beginList(at: place, count: values.count)
            for value in values { value.write(to: body, at: place) }
            body.endList()
        case .map(let map): map.write(to: body, at: place)
        case .stringSet(let values):
            body.beginList(at: place, count: values.count)
            for value in values { body.string(value, at: place) }
            body.endList()
        case .numberSet(let values):
            body.beginList(at: place, count: values.count)
            for value in values { body.string(value.text, at: place) }
            body.endList()
        case .binarySet(let values):
            body.beginList(at: place, count: values.count)
            for value in values { body.blob(value, at: place) }
            body.endList()
        }
        body.endMap()
    }

    /// The value as a document of the wire's form.
    package var document: Document {
        let value: Document =
            switch self {
            case .string(let value): .string(value)
            case .number(let value): .string(value.text)
            case .binary(let value): .string(Base64.encode(value))
            case .boolean(let value): .boolean(value)
            case .null: .boolean(true)
            case .list(let values): .array(values.map(\.document))
            case .map(let map): map.document
            case .stringSet(let values): .array(values.map { .string($0) })
            case .numberSet(let values): .array(values.map { .string($0.text) })
            case .binarySet(let values): .array(values.map { .string(Base64.encode($0)) })
            }
        return .object([type.rawValue: value])
    }
}

extension AttributeMap {
    func write(to body: any BodyWriter, at place: Place) {
        body.beginMap(at: place, count: count)
        for element in self {
            body.key(element.name)
            element.value.write(to: body, at: place)
        }
        body.endMap()
    }

    /// The attributes as a document of the wire's form.
    package var document: Document {
        .object(
            Dictionary(map { ($0.name, $0.value.document) }, uniquingKeysWith: { _, last in last }))
    }
}
