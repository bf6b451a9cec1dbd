import DynamoDBModel
import DynamoDBValues

/// The attributes of a key, with their types.
///
/// A table's key has one attribute of each part at most; a global secondary index's has up to four.
struct KeySchema: Hashable, Sendable {
    /// An attribute of a key.
    struct Part: Hashable, Sendable {
        let name: String
        let type: KeyType
    }

    /// The partition key.
    let hash: [Part]
    /// The sort key; empty where there is none.
    let range: [Part]

    var parts: [Part] { hash + range }
    var names: [String] { parts.map(\.name) }

    init(hash: [Part], range: [Part]) {
        self.hash = hash
        self.range = range
    }

    /// The schema of a description whose attributes have been checked.
    init(_ elements: [KeySchemaElement], _ definitions: [AttributeDefinition]) {
        func parts(_ kind: String) -> [Part] {
            elements.filter { $0.keyType == kind }.map { element in
                let definition = definitions.first { $0.attributeName == element.attributeName }
                guard let type = definition.flatMap({ KeyType(rawValue: $0.attributeType) }) else {
                    preconditionFailure("the key attribute \(element.attributeName) has no type")
                }
                return Part(name: element.attributeName, type: type)
            }
        }
        self.init(hash: parts("HASH"), range: parts("RANGE"))
    }
}

/// The types that an attribute of a key may have.
enum KeyType: String, Hashable, Sendable {
    case string = "S"
    case number = "N"
    case binary = "B"
}
