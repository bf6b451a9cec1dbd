/// Reads the parameters of a query protocol.
final class QueryBodyReader: TextBodyReader {
    private enum Frame {
        case structure(QueryForm, position: Int)
        /// The elements that have not been read, the next one last.
        case list([QueryForm])
        /// The entries that have not been read, the next one last.
        case map([(key: String, value: QueryForm)])
    }

    private let dialect: QueryDialect
    private let names: XMLNames
    private var frames: [Frame] = []
    /// What stands next.
    private var next: QueryForm

    init(_ form: QueryForm, dialect: QueryDialect, in schema: ServiceSchema) {
        self.next = form
        self.dialect = dialect
        self.names = XMLNames(schema)
    }

    // MARK: - Structures

    func beginStructure(at place: Place) throws {
        try expectNoText()
        frames.append(.structure(next, position: 0))
    }

    func nextMember(of shape: Shape) throws -> Int? {
        guard case .structure(let form, var position)? = frames.popLast() else { return nil }
        while position < shape.members.count {
            if let child = child(position, of: shape, in: form) {
                next = child
                frames.append(.structure(form, position: position + 1))
                return position
            }
            position += 1
        }
        return nil
    }

    private func child(_ position: Int, of shape: Shape, in form: QueryForm) -> QueryForm? {
        switch dialect {
        case .ec2: return form.children[Self.ec2Name(of: shape.members[position])]
        case .aws:
            // An empty list is sent under the name of the member, whatever its elements are called.
            return form.children[names.name(of: position, in: shape)]
                ?? form.children[shape.members[position].wireName]
        }
    }

    private static func ec2Name(of member: Member) -> String {
        if let name = member.queryName { return name }
        return member.wireName.prefix(1).uppercased() + member.wireName.dropFirst()
    }

    // MARK: - Lists and maps

    func beginList(at place: Place) throws {
        try expectNoText()
        let isFlat = dialect == .ec2 || place.isFlattened
        let list = isFlat ? next : next.children[place.shape.members[0].wireName]
        frames.append(.list(try list?.elements().reversed() ?? []))
    }

    func nextElement() throws -> BodyElement {
        guard case .list(var elements)? = frames.popLast(), let element = elements.popLast() else {
            return .end
        }
        next = element
        frames.append(.list(elements))
        return .value
    }

    func beginMap(at place: Place) throws {
        try expectNoText()
        let map = place.isFlattened ? next : next.children["entry"]
        let (key, value) = (place.shape.members[0].wireName, place.shape.members[1].wireName)
        var entries: [(key: String, value: QueryForm)] = []
        for entry in try map?.elements() ?? [] {
            guard let key = entry.children[key]?.value else {
                throw malformed("A map has an entry without a key")
            }
            if let value = entry.children[value] { entries.append((key, value)) }
        }
        frames.append(.map(entries.reversed()))
    }

    func nextKey() throws -> String? {
        guard case .map(var entries)? = frames.popLast(), let entry = entries.popLast() else {
            return nil
        }
        next = entry.value
        frames.append(.map(entries))
        return entry.key
    }

    // MARK: - Scalars

    func string() throws -> String {
        guard next.children.isEmpty else { throw malformed("Unexpected complex element") }
        return next.value ?? ""
    }

    func skip() throws {}

    func end() throws {}

    func malformed(_ message: String) -> AWSError {
        AWSError("MalformedInput", message)
    }

    /// A parameter without text is an empty list, map or structure.
    private func expectNoText() throws {
        guard next.value?.isEmpty ?? true || frames.isEmpty else {
            throw malformed("Unexpected text where a list, map or structure was expected")
        }
    }
}
