/// A shape of an API model: what a value is, how it is written on the wire, and what it must
/// satisfy.
///
/// Shapes refer to each other by their position in `ServiceSchema.shapes`.
package final class Shape: Sendable {
    /// What kind of value a shape describes.
    package enum Kind: Character, Sendable {
        case structure = "s"
        case union = "u"
        case list = "l"
        case map = "m"
        case string = "S"
        case integer = "i"
        case long = "L"
        case float = "f"
        case double = "d"
        case boolean = "b"
        case blob = "B"
        case timestamp = "t"
        case document = "D"
        /// A string that holds JSON text (`jsonvalue`), base64-encoded in a header.
        case jsonText = "j"
    }

    package let kind: Kind
    /// The shape's name in the model, such as `CreateFunctionRequest`.
    package let name: String
    /// A structure's or union's members by position; a list's one element; a map's key and value.
    package let members: [Member]
    /// The least length or value.
    package let minimum: Double?
    /// The greatest length or value.
    package let maximum: Double?
    /// The regular expression that a string must match whole.
    package let matcher: ConstraintPattern?
    /// The values that a string may have; empty where any will do.
    package let enumeration: [String]
    /// How a timestamp is written where the member does not say.
    package let timestampFormat: TimestampFormat?
    /// A list or map whose elements stand directly in the enclosing XML element or query name.
    package let isFlattened: Bool
    /// A blob whose bytes flow, or a union that is an event stream.
    package let isStreaming: Bool
    /// The XML namespace URI of the element, and its prefix.
    package let xmlNamespace: XMLNamespace?
    /// The name of the XML element where the model gives one.
    package let locationName: String?
    /// The position of the member that is the whole HTTP body.
    package let payload: Int?
    /// The positions of the members that must be there.
    package let required: [Int]
    /// A bit for each required member, by the position of the member; 0 for the others.
    package let requiredBits: [UInt64]
    /// All of `requiredBits`.
    package let requiredMask: UInt64
    /// Whether a value may violate a length, range, pattern or enumeration.
    package let isConstrained: Bool
    /// Positions by the name on the wire.
    package let positions: [String: Int]
    /// Whether any member is bound to a part of the HTTP message other than the body.
    package let hasHTTPBindings: Bool

    init(
        kind: Kind, name: String, members: [Member], attributes: SchemaAttributes
    ) {
        self.kind = kind
        self.name = name
        self.members = members
        self.minimum = attributes["min"].flatMap { Double($0) }
        self.maximum = attributes["max"].flatMap { Double($0) }
        self.matcher = attributes["pattern"].map { ConstraintPattern($0) }
        self.enumeration = attributes.list("enum")
        self.timestampFormat = attributes["fmt"].flatMap { TimestampFormat(rawValue: $0) }
        self.isFlattened = attributes.has("flat")
        self.isStreaming = attributes.has("stream")
        self.xmlNamespace = XMLNamespace(attributes: attributes)
        self.locationName = attributes["n"]
        self.payload = attributes["payload"].flatMap { Int($0) }
        let required = members.indices.filter { members[$0].isRequired }
        precondition(required.count <= 64, "\(name) requires more members than a mask has bits")
        self.required = required
        self.requiredBits = members.indices.map { position in
            required.firstIndex(of: position).map { 1 << UInt64($0) } ?? 0
        }
        self.requiredMask = requiredBits.reduce(0, |)
        self.isConstrained =
            minimum != nil || maximum != nil || matcher != nil || !enumeration.isEmpty
        self.positions = Dictionary(
            members.enumerated().map { ($1.wireName, $0) }, uniquingKeysWith: { first, _ in first })
        self.hasHTTPBindings = members.contains { $0.location != .body } || payload != nil
    }
}

/// A member of a structure, the element of a list, or the key or value of a map.
package struct Member: Sendable {
    /// The part of an HTTP message that carries a member.
    package enum Location: String, Sendable {
        case body = ""
        case header
        /// Every header that begins with `wireName`, as a map.
        case headers
        case querystring
        case uri
        case statusCode
    }

    /// The member's name in the model.
    package let name: String
    /// The name on the wire: the model's `locationName`, or `name`.
    package let wireName: String
    /// The name in EC2's query protocol.
    package let queryName: String?
    /// The position of the member's shape.
    package let target: Int
    package let location: Location
    package let isRequired: Bool
    package let isFlattened: Bool
    package let isXMLAttribute: Bool
    package let isIdempotencyToken: Bool
    package let isStreaming: Bool
    /// The member is a part of the host name (`{Name}.data-…`).
    package let isHostLabel: Bool
    /// The member is the payload of an event.
    package let isEventPayload: Bool
    /// The member is a header of an event.
    package let isEventHeader: Bool
    package let timestampFormat: TimestampFormat?
    package let xmlNamespace: XMLNamespace?

    init(name: String, target: Int, attributes: SchemaAttributes) {
        self.name = name
        self.target = target
        self.wireName = attributes["n"] ?? name
        self.queryName = attributes["q"]
        self.location = attributes["l"].flatMap { Location(rawValue: $0) } ?? .body
        self.isRequired = attributes.has("r")
        self.isFlattened = attributes.has("flat")
        self.isXMLAttribute = attributes.has("attr")
        self.isIdempotencyToken = attributes.has("token")
        self.isStreaming = attributes.has("stream")
        self.isHostLabel = attributes.has("host")
        self.isEventPayload = attributes.has("ep")
        self.isEventHeader = attributes.has("eh")
        self.timestampFormat = attributes["fmt"].flatMap { TimestampFormat(rawValue: $0) }
        self.xmlNamespace = XMLNamespace(attributes: attributes)
    }
}

/// How a timestamp is written.
package enum TimestampFormat: String, Sendable {
    /// Seconds since 1970, with an optional fraction: `1515531081.123`.
    case epochSeconds = "unixTimestamp"
    /// `2018-01-09T20:51:21.123Z`
    case iso8601
    /// `Tue, 09 Jan 2018 20:51:21 GMT`
    case httpDate = "rfc822"
}

/// The XML namespace of an element.
package struct XMLNamespace: Sendable {
    package let uri: String
    package let prefix: String?

    init?(attributes: SchemaAttributes) {
        guard let uri = attributes["ns"] else { return nil }
        self.uri = uri
        self.prefix = attributes["nsp"]
    }
}
