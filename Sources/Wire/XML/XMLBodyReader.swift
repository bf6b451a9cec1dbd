/// Reads values from XML elements.
final class XMLBodyReader: TextBodyReader {
    private enum Frame {
        /// The members that the element has, with what they are read from; the next one last.
        case structure([(position: Int, elements: [XMLElement])])
        /// The elements that have not been read, the next one last.
        case list([XMLElement])
        /// The entries that have not been read, the next one last.
        case map([(key: String, value: XMLElement)])
    }

    private let names: XMLNames
    /// The names that the outermost element may have; empty where any will do.
    private let roots: [String]
    private var frames: [Frame] = []
    /// What stands next: the elements of a flattened list or map, or one element.
    private var next: [XMLElement]
    /// The positions of members by the names of their elements, for the shapes met so far.
    private var positions: [ObjectIdentifier: [String: Int]] = [:]

    /// - Throws: `AWSError` `MalformedXML` where `document` is not well-formed.
    init(_ document: [UInt8], in schema: ServiceSchema, roots: [String] = []) throws {
        self.names = XMLNames(schema)
        self.roots = roots
        do {
            self.next = [try XMLElement(parsing: document)]
        } catch {
            throw Self.malformedXML
        }
    }

    // MARK: - Structures

    func beginStructure(at place: Place) throws {
        let element = try one()
        guard !frames.isEmpty || roots.isEmpty || roots.contains(element.name) else {
            throw Self.malformedXML
        }
        frames.append(.structure(members(of: place.shape, in: element).reversed()))
    }

    func nextMember(of shape: Shape) throws -> Int? {
        guard case .structure(var members)? = frames.popLast(), let member = members.popLast()
        else {
            return nil
        }
        next = member.elements
        frames.append(.structure(members))
        return member.position
    }

    private func members(
        of shape: Shape, in element: XMLElement
    ) -> [(position: Int, elements: [XMLElement])] {
        let positions = self.positions(of: shape)
        var members: [(position: Int, elements: [XMLElement])] = []
        var indices: [Int: Int] = [:]
        for child in element.children {
            guard let position = positions[child.name] else { continue }
            if let index = indices[position], names.isFlattened(position, in: shape) {
                members[index].elements.append(child)
            } else {
                indices[position] = members.count
                members.append((position, [child]))
            }
        }
        for (position, member) in shape.members.enumerated() where member.isXMLAttribute {
            if let value = element.attribute(member.wireName) {
                members.append((position, [XMLElement(name: member.wireName, text: value)]))
            }
        }
        return members
    }

    private func positions(of shape: Shape) -> [String: Int] {
        if let known = positions[ObjectIdentifier(shape)] { return known }
        var found: [String: Int] = [:]
        for (position, member) in shape.members.enumerated() where !member.isXMLAttribute {
            found[names.name(of: position, in: shape)] = position
        }
        positions[ObjectIdentifier(shape)] = found
        return found
    }

    // MARK: - Lists and maps

    func beginList(at place: Place) throws {
        let name = place.shape.members[0].wireName
        let elements = place.isFlattened ? next : try one().children.filter { $0.name == name }
        frames.append(.list(elements.reversed()))
    }

    func nextElement() throws -> BodyElement {
        guard case .list(var elements)? = frames.popLast(), let element = elements.popLast() else {
            return .end
        }
        next = [element]
        frames.append(.list(elements))
        return .value
    }

    func beginMap(at place: Place) throws {
        let (key, value) = (place.shape.members[0].wireName, place.shape.members[1].wireName)
        let elements = place.isFlattened ? next : try one().children.filter { $0.name == "entry" }
        var entries: [(key: String, value: XMLElement)] = []
        for entry in elements {
            guard let key = entry.child(key)?.text else {
                throw malformed("A map has an entry without a key")
            }
            if let value = entry.child(value) { entries.append((key, value)) }
        }
        frames.append(.map(entries.reversed()))
    }

    func nextKey() throws -> String? {
        guard case .map(var entries)? = frames.popLast(), let entry = entries.popLast() else {
            return nil
        }
        next = [entry.value]
        frames.append(.map(entries))
        return entry.key
    }

    // MARK: - Scalars

    func string() throws -> String {
        let element = try one()
        guard element.children.isEmpty else { throw malformed("Unexpected complex element") }
        return element.text
    }

    func skip() throws {}

    func end() throws {}

    /// What is wrong is not said, as S3 does not say it.
    func malformed(_ message: String) -> AWSError { Self.malformedXML }

    private static let malformedXML = AWSError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema")

    /// The last of the elements that stand next: of a member that comes twice, the last one counts.
    private func one() throws -> XMLElement {
        guard let element = next.last else { throw malformed("An element is missing") }
        return element
    }
}
