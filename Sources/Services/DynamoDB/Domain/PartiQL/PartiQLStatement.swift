import DynamoDBValues
import Wire

/// A statement of PartiQL, in the terms of the operations that do the same: conditions, updates and projections.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
enum PartiQLStatement: Hashable, Sendable {
    case select(Select)
    /// A condition of a transaction: the selection must find an item.
    case exists(Select)
    case insert(table: String, item: AttributeMap)
    case update(Update)
    case delete(Delete)

    struct Select: Hashable, Sendable {
        let table: String
        let index: String?
        /// What is selected; `nil` for everything.
        let columns: [Column]?
        let condition: ConditionExpression?
        let order: [Order]
    }

    /// A selected value, and the name under which it is answered.
    struct Column: Hashable, Sendable {
        let path: DocumentPath
        let name: String
    }

    struct Order: Hashable, Sendable {
        let attribute: String
        let isDescending: Bool
    }

    struct Update: Hashable, Sendable {
        let table: String
        let update: UpdateExpression
        let condition: ConditionExpression?
        let returning: Returning?
    }

    struct Delete: Hashable, Sendable {
        let table: String
        let condition: ConditionExpression?
        let returning: Returning?
    }

    /// What a write answers, as `ReturnValues` names it.
    enum Returning: String, Hashable, Sendable {
        case allOld = "ALL_OLD"
        case allNew = "ALL_NEW"
        case modifiedOld = "UPDATED_OLD"
        case modifiedNew = "UPDATED_NEW"
    }

    /// The table that the statement reads or writes.
    var table: String {
        switch self {
        case .select(let select), .exists(let select): select.table
        case .insert(let table, _): table
        case .update(let update): update.table
        case .delete(let delete): delete.table
        }
    }

    /// Whether the statement reads, and does nothing else.
    var isRead: Bool {
        switch self {
        case .select, .exists: true
        case .insert, .update, .delete: false
        }
    }
}

extension PartiQLStatement {
    /// Reads a statement.
    ///
    /// - Parameter parameters: the values of its question marks.
    /// - Throws: `ValidationException`.
    init(_ text: String, parameters: [AttributeValue]?) throws {
        do {
            self = try PartiQLParser.statement(text, parameters ?? [])
        } catch {
            throw AWSError.validation(error.message)
        }
    }
}

extension PartiQLStatement.Select {
    /// The selected values of an item, each under its name.
    func item(from item: EncodedItem) -> Item {
        guard let columns else { return Item(item) }
        var result = AttributeMap()
        for column in columns { result[column.name] = item.value(at: column.path) }
        return Item(result)
    }
}
