import DynamoDBModel
import Wire

extension Structure {
    /// The structure as JSON in the form of the API: how descriptions are kept.
    var storedText: String { document(in: DynamoDBAPI.description.schema()).jsonText }

    /// Reads what `storedText` made. The constraints of requests do not hold for it: a description may say 0 where a
    /// request may not.
    init(stored text: String) throws {
        self = try ShapeReader(
            DocumentReader(try Document(json: text)), in: DynamoDBAPI.description.schema(),
            validation: .validationException
        ).structure()
    }
}
