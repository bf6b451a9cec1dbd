import DynamoDBValues
import Wire

/// What a write answers of the item that it changed.
enum ReturnValues {
    /// Checks what a put or a delete is asked to answer.
    ///
    /// - Throws: `ValidationException` for what only updates answer.
    static func check(_ asked: String?) throws {
        guard asked == nil || asked == "NONE" || asked == "ALL_OLD" else {
            throw AWSError.validation("Return values set to invalid value")
        }
    }

    /// The attributes that an update answers; `nil` for none.
    ///
    /// - Parameter paths: what the update names.
    static func attributes(
        _ asked: String?, of change: ItemChange, updated paths: [DocumentPath]
    ) -> Item? {
        switch asked {
        case "ALL_OLD": return change.old.map { Item($0) }
        case "ALL_NEW": return change.new.map { Item($0) }
        case "UPDATED_OLD": return change.old.flatMap { picked(paths, from: $0) }
        case "UPDATED_NEW": return change.new.flatMap { picked(paths, from: $0) }
        default: return nil
        }
    }

    private static func picked(_ paths: [DocumentPath], from item: EncodedItem) -> Item? {
        let picked = ProjectionExpression(paths: paths).item(from: item)
        return picked.isEmpty ? nil : picked
    }
}
