// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
extension AttributeMap {
    /// The size in bytes as DynamoDB counts an item: names and values.
    package var size: Int {
        reduce(0) { $0 + $1.name.utf8.count + $1.value.size }
    }
}

extension AttributeValue {
    /// What a list or map takes beside its elements, and beside that for each of them, in bytes.
    static let containerBytes = 3
    static let elementBytes = 1

    /// The size in bytes as DynamoDB counts it, without the attribute's name.
    package var size: Int {
        switch self {
        case .string(let value): value.utf8.count
        case .number(let value): value.size
        case .binary(let value): value.count
        case .boolean, .null: 1
        case .list(let values):
            values.reduce(Self.containerBytes) { $0 + $1.size + Self.elementBytes }
        case .map(let map):
            Self.containerBytes + map.size + map.count * Self.elementBytes
        case .stringSet(let values): values.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let values): values.reduce(0) { $0 + $1.size }
        case .binarySet(let values): values.reduce(0) { $0 + $1.count }
        }
    }
}

extension DynamoDBNumber {
    /// The size in bytes as DynamoDB counts it: a byte, one for each two digits as they lie around the point, and one for a sign.
    package var size: Int {
        if isZero { return 1 }
        let pairs = (magnitude >> 1) - (Int(exponent) >> 1) + 1
        return min(1 + pairs + (isNegative ? 1 : 0), 21)
    }
}
