package import Wire

/// What is wrong with a value that a request supplies, in DynamoDB's words.
enum AttributeValueProblem: Hashable {
    case empty
    case severalTypes
    case number(DynamoDBNumberError)
    case falseNull
    case emptySet(AttributeType)
    case emptyMember(AttributeType)
    case repeatedStrings([String])
    case repeatedNumbers
    case repeatedBinaries([[UInt8]])
    case nesting

    private static let prefix = "One or more parameter values were invalid: "

    var message: String {
        switch self {
        case .empty:
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
        case .severalTypes:
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
        case .number(let error): error.message
        case .falseNull: Self.prefix + "Null attribute value types must have the value of true"
        case .emptySet(.stringSet): Self.prefix + "An string set  may not be empty"
        case .emptySet(.numberSet): Self.prefix + "An number set  may not be empty"
        case .emptySet: Self.prefix + "Binary sets should not be empty"
        case .emptyMember(.stringSet):
            Self.prefix + "An string set may not have a empty string as a member"
        case .emptyMember(.numberSet): DynamoDBNumberError.notNumeric("").message
        case .emptyMember: Self.prefix + "Binary sets may not contain null or empty values"
        case .repeatedStrings(let members):
            Self.prefix
                + "Input collection [\(members.joined(separator: ", "))] contains duplicates."
        case .repeatedNumbers: "Input collection contains duplicates"
        case .repeatedBinaries(let members):
            Self.prefix
                + "Input collection [\(members.map { Base64.encode($0) }.joined(separator: ", "))]of type BS contains duplicates."
        case .nesting: "Nesting Levels have exceeded supported limits"
        }
    }
}

extension AWSError {
    /// The error for a request that DynamoDB holds for invalid.
    package static func validation(_ message: String) -> AWSError {
        AWSError("ValidationException", message)
    }
}
