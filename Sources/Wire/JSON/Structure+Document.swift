extension Structure {
    /// Reads a structure of the service `schema` from a document with the model's names, and checks
    /// it as a codec does.
    ///
    /// - Throws: `AWSError` `SerializationException` where the document has other members or types; the
    ///   service's validation error where it violates constraints.
    package init(document: Document, in schema: ServiceSchema) throws {
        self = try ShapeReader(
            DocumentReader(document), in: schema,
            validation: schema.description.validation ?? .validationException
        ).message()
    }

    /// The structure as a document with the model's names. A streaming body is not part of it.
    package func document(in schema: ServiceSchema) -> Document {
        let body = DocumentWriter()
        write(to: ShapeWriter(body, in: schema, bindsHTTP: false))
        return body.document
    }
}
