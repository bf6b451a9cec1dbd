package import Wire

/// An item, or a part of one such as its key: attributes that are there as values, or encoded as they are stored.
///
/// An item that was read from the store stays encoded for as long as nobody asks for its attributes, and goes to the wire without
/// being decoded.
package struct Item: Sendable {
    private enum Form {
        case decoded(AttributeMap)
        case encoded(EncodedItem)
    }

    private let form: Form

    /// Makes an item of `attributes`.
    package init(_ attributes: AttributeMap = [:]) { form = .decoded(attributes) }

    /// Makes an item of what is stored.
    package init(_ encoded: EncodedItem) { form = .encoded(encoded) }

    /// The attributes. Decodes an item that is encoded: ask once.
    package var attributes: AttributeMap {
        switch form {
        case .decoded(let attributes): attributes
        case .encoded(let item): item.attributes
        }
    }

    /// The item as it is stored. Encodes an item that is not: ask once.
    package var encoded: EncodedItem {
        switch form {
        case .decoded(let attributes): EncodedItem(attributes)
        case .encoded(let item): item
        }
    }

    /// An attribute's value; the others are not decoded.
    package subscript(name: String) -> AttributeValue? {
        switch form {
        case .decoded(let attributes): attributes[name]
        case .encoded(let item): item[name]
        }
    }

    /// Whether there is no attribute.
    package var isEmpty: Bool {
        switch form {
        case .decoded(let attributes): attributes.isEmpty
        case .encoded(let item): item.isEmpty
        }
    }

    // MARK: - The wire

    /// Reads an item; what is wrong with its values is reported once the whole request is read.
    ///
    /// - Throws: `AWSError` `SerializationException` where the body is malformed.
    package init(from reader: ShapeReader) throws {
        let attributes = try reader.custom { body, place in
            var values = AttributeValueReader(body, at: place)
            let attributes = try values.map()
            values.report(to: reader)
            return attributes
        }
        self.init(attributes)
    }

    /// Writes the item.
    package func write(to writer: ShapeWriter) {
        writer.custom { body, place in
            let isJSON = body.json { bytes in
                switch form {
                case .decoded(let attributes): attributes.appendJSON(to: &bytes)
                case .encoded(let item): item.appendJSON(to: &bytes)
                }
            }
            if !isJSON { attributes.write(to: body, at: place) }
        }
    }

    /// The item as a document of the wire's form.
    package var document: Document { attributes.document }
}

extension Item: Hashable {
    package static func == (left: Item, right: Item) -> Bool {
        switch (left.form, right.form) {
        case (.encoded(let left), .encoded(let right)): left == right
        default: left.attributes == right.attributes
        }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(attributes) }
}

extension Item: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(AttributeMap(elements.map { (name: $0.0, value: $0.1) }))
    }
}
