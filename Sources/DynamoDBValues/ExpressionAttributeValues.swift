package import Wire

/// The values that a request's expressions name: `:v`.
package struct ExpressionAttributeValues: Sendable, Hashable {
    /// The values by their placeholders, colon included.
    package var values: AttributeMap

    /// Names values.
    package init(_ values: AttributeMap = [:]) { self.values = values }

    /// Reads the values; what is wrong with one is reported once the whole request is read.
    ///
    /// - Throws: `AWSError` `SerializationException` where the body is malformed.
    package init(from reader: ShapeReader) throws {
        self.values = try reader.custom { body, place in
            var builder = AttributeMap.Builder()
            try body.beginMap(at: place)
            while let name = try body.nextKey() {
                var values = AttributeValueReader(body, at: place)
                builder.append(name, try values.value())
                values.report(to: reader, placeholder: name)
            }
            return builder.map
        }
    }

    /// Writes the values.
    package func write(to writer: ShapeWriter) {
        writer.custom { body, place in values.write(to: body, at: place) }
    }
}
