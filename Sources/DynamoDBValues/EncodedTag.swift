/// What follows in an encoded item. Stored: the numbers never change.
enum EncodedTag: UInt8 {
    case string = 1
    case number = 2
    case binary = 3
    case yes = 4
    case no = 5
    case null = 6
    case list = 7
    case map = 8
    case stringSet = 9
    case numberSet = 10
    case binarySet = 11

    /// Whether a length and bytes follow.
    var hasContent: Bool {
        switch self {
        case .yes, .no, .null: false
        default: true
        }
    }

    /// The type's letters on the wire.
    var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .yes, .no: .boolean
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }
}
