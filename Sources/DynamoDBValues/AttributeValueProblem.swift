import Wire

/// What is wrong with a value that a request supplies, in DynamoDB's words.
enum AttributeValueProblem: Hashable {
    case empty
    case severalTypes
    case number(DynamoDBNumberError)
    case falseNull
    case emptySet(AttributeType)
    case repeatedStrings([String])
    case repeatedNumbers
    case repeatedBinaries([[UInt8]])
    case nesting

    private static let prefix = "One or more parameter values were invalid: "

    /// What an operation of `layer` says of it.
    func message(in layer: ValidationLayer) -> String {
        switch self {
        case .empty:
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
        case .severalTypes:
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
        case .number(.notNumeric("")) where layer != .older:
            DynamoDBNumberError.notNumeric("").message + ": "
        case .number(let error): error.message
        case .falseNull: Self.prefix + "Null attribute value types must have the value of true"
        case .emptySet(.stringSet): Self.prefix + "An string set  may not be empty"
        case .emptySet(.numberSet): Self.prefix + "An number set  may not be empty"
        case .emptySet: Self.prefix + "Binary sets should not be empty"
        case .repeatedStrings(let members):
            Self.repeated(
                layer == .older
                    ? members.joined(separator: ", ")
                    : Self.listed(members) { $0.precedesByBytes($1) }
                        .map { "\"\($0)\"" }.joined(separator: ", "))
        case .repeatedNumbers:
            (layer == .older ? "" : Self.prefix) + "Input collection contains duplicates"
                + (layer == .older ? "" : ".")
        case .repeatedBinaries(let members):
            Self.repeated(
                layer == .older
                    ? members.map { Base64.encode($0) }.joined(separator: ", ")
                    : Self.listed(members) { $0.lexicographicallyPrecedes($1) }
                        .map { "\"\(Base64.encode($0))\"" }.joined(separator: ","),
                suffix: "of type BS")
        case .nesting:
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        }
    }

    private static func repeated(_ members: String, suffix: String = "") -> String {
        "\(prefix)Input collection [\(members)]\(suffix) contains duplicates."
    }

    /// The members as the newer layer lists them: those before the first repetition in order, then that and the rest as supplied.
    private static func listed<Member: Equatable>(
        _ members: [Member], by precedes: (Member, Member) -> Bool
    ) -> [Member] {
        let repetition = members.indices.first { members[..<$0].contains(members[$0]) }
        guard let repetition else { return members }
        return members[..<repetition].sorted(by: precedes) + members[repetition...]
    }
}
