import Wire

/// Reads attribute values from a request's body, straight into values.
///
/// What is wrong with a value does not end the reading: DynamoDB reports a request's shape first. The first problem is kept, and a value
/// of no meaning stands in the place of what is wrong.
struct AttributeValueReader {
    private let body: any BodyReader
    private let place: Place
    /// The first thing that is wrong.
    private(set) var problem: AttributeValueProblem?

    init(_ body: any BodyReader, at place: Place) {
        self.body = body
        self.place = place
    }

    /// Reads a map of attributes.
    mutating func map(level: Int = 1) throws -> AttributeMap {
        var builder = AttributeMap.Builder()
        try body.beginMap(at: place)
        while let name = try body.nextKey() { builder.append(name, try value(level: level)) }
        return builder.map
    }

    /// Reads a value; the value of an attribute is at level 1.
    mutating func value(level: Int = 1) throws -> AttributeValue {
        guard level <= AttributeLimits.nestingLevels else {
            try body.skip()
            return refused(.nesting)
        }
        var found: AttributeValue?
        var hasSeveral = false
        try body.beginMap(at: place)
        while let name = try body.nextKey() {
            guard let value = try member(name, level: level) else {
                try body.skip()
                continue
            }
            hasSeveral = hasSeveral || found != nil
            found = value
        }
        if hasSeveral { return refused(.severalTypes) }
        return found ?? refused(.empty)
    }

    /// Reads the value of the type `name`; `nil` where there is no such type, and nothing was read.
    private mutating func member(_ name: String, level: Int) throws -> AttributeValue? {
        switch name {
        case "S": return .string(try body.string())
        case "N": return .number(number(try body.string()))
        case "B": return .binary(try body.blob())
        case "BOOL": return .boolean(try body.boolean())
        case "NULL": return try body.boolean() ? .null : refused(.falseNull)
        case "M": return .map(try map(level: level + 1))
        case "L": return .list(try list(level: level + 1))
        case "SS": return try strings()
        case "NS": return try numbers()
        case "BS": return try binaries()
        default: return nil
        }
    }

    private mutating func list(level: Int) throws -> [AttributeValue] {
        var values: [AttributeValue] = []
        try body.beginList(at: place)
        while true {
            switch try body.nextElement() {
            case .value: values.append(try value(level: level))
            case .null: values.append(refused(.empty))
            case .end: return values
            }
        }
    }

    // MARK: - Sets

    private mutating func strings() throws -> AttributeValue {
        var members: [String] = []
        try takeMembers { members.append(try $0.string()) }
        guard case .stringSet(let kept)? = AttributeValue.set(of: members) else {
            return refused(.emptySet(.stringSet))
        }
        return kept.count == members.count ? .stringSet(kept) : refused(.repeatedStrings(members))
    }

    private mutating func numbers() throws -> AttributeValue {
        var texts: [String] = []
        try takeMembers { texts.append(try $0.string()) }
        var members: [DynamoDBNumber] = []
        for text in texts { members.append(number(text)) }
        guard case .numberSet(let kept)? = AttributeValue.set(of: members) else {
            return refused(.emptySet(.numberSet))
        }
        return kept.count == members.count ? .numberSet(kept) : refused(.repeatedNumbers)
    }

    private mutating func binaries() throws -> AttributeValue {
        var members: [[UInt8]] = []
        try takeMembers { members.append(try $0.blob()) }
        guard case .binarySet(let kept)? = AttributeValue.set(of: members) else {
            return refused(.emptySet(.binarySet))
        }
        return kept.count == members.count ? .binarySet(kept) : refused(.repeatedBinaries(members))
    }

    private mutating func takeMembers(_ take: (any BodyReader) throws -> Void) throws {
        try body.beginList(at: place)
        while true {
            switch try body.nextElement() {
            case .value: try take(body)
            case .null: _ = refused(.empty)
            case .end: return
            }
        }
    }

    // MARK: - Problems

    /// Has `reader` report what is wrong once it has read the whole request.
    ///
    /// - Parameter placeholder: the name of the expression's value that was read.
    func report(to reader: ShapeReader, placeholder: String? = nil) {
        guard let problem else { return }
        let layer = ValidationLayer(of: reader)
        var message = problem.message(in: layer)
        if let placeholder, layer == .older {
            message =
                "ExpressionAttributeValues contains invalid value: \(message) for key \(placeholder)"
        }
        reader.postpone(layer.error(message))
    }

    private mutating func number(_ text: String) -> DynamoDBNumber {
        do {
            return try DynamoDBNumber(text)
        } catch {
            _ = refused(.number(error))
            return .zero
        }
    }

    private mutating func refused(_ problem: AttributeValueProblem) -> AttributeValue {
        if self.problem == nil { self.problem = problem }
        return .null
    }
}
