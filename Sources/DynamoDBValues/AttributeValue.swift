/// The value of an attribute.
///
/// A value that exists is valid: numbers are in range, sets are neither empty nor hold anything twice. Sets are kept in order, so
/// that equal sets are equal values.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
package enum AttributeValue: Sendable {
    case string(String)
    case number(DynamoDBNumber)
    case binary([UInt8])
    case boolean(Bool)
    case null
    indirect case list([AttributeValue])
    indirect case map(AttributeMap)
    /// In the order of their UTF-8.
    case stringSet([String])
    case numberSet([DynamoDBNumber])
    case binarySet([[UInt8]])

    /// The type.
    package var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .boolean: .boolean
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }

    /// Makes a set of strings, which are not empty; without any there is no set.
    package static func set(of strings: [String]) -> AttributeValue? {
        let members = strings.sorted { $0.precedesByBytes($1) }.withoutRepetitions {
            $0.equalsByBytes($1)
        }
        return members.isEmpty ? nil : .stringSet(members)
    }

    /// Makes a set of numbers; without any there is no set.
    package static func set(of numbers: [DynamoDBNumber]) -> AttributeValue? {
        let members = numbers.sorted().withoutRepetitions { $0 == $1 }
        return members.isEmpty ? nil : .numberSet(members)
    }

    /// Makes a set of binaries, which are not empty; without any there is no set.
    package static func set(of binaries: [[UInt8]]) -> AttributeValue? {
        let members = binaries.sorted { $0.lexicographicallyPrecedes($1) }.withoutRepetitions {
            $0 == $1
        }
        return members.isEmpty ? nil : .binarySet(members)
    }
}

extension AttributeValue: Hashable {
    package static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.equalsByBytes(right)
        case (.number(let left), .number(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.null, .null): true
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.stringSet(let left), .stringSet(let right)):
            left.elementsEqual(right) { $0.equalsByBytes($1) }
        case (.numberSet(let left), .numberSet(let right)): left == right
        case (.binarySet(let left), .binarySet(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        switch self {
        case .string(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .binary(let value): hasher.combine(value)
        case .boolean(let value): hasher.combine(value)
        case .null: break
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .stringSet(let value): hasher.combine(value)
        case .numberSet(let value): hasher.combine(value)
        case .binarySet(let value): hasher.combine(value)
        }
    }
}

extension Array {
    /// The array, in order already, without the elements that equal their predecessor.
    fileprivate func withoutRepetitions(
        _ areEqual: (Element, Element) -> Bool
    ) -> [Element] {
        var kept: [Element] = []
        kept.reserveCapacity(count)
        for element in self where kept.last.map({ !areEqual($0, element) }) ?? true {
            kept.append(element)
        }
        return kept
    }
}
