import Platform

/// Writes values as XML elements.
final class XMLBodyWriter: BodyWriter {
    /// What is open; elements that have been written for it are closed with it.
    private enum Frame {
        /// `mark` is where its attributes go.
        case structure(element: String?, mark: Int)
        case list(element: String?, item: String)
        /// `element` is the entry that each key and value stands in.
        case map(element: String?, entry: String, key: String, value: String)
    }

    /// What has been written.
    var xml: XMLWriter
    private let names: XMLNames
    private let root: XMLRoot
    /// The namespace of the element that comes first.
    private var namespace: String?
    private let writesMilliseconds: Bool
    private var frames: [Frame] = []

    /// Makes a writer that goes on after `xml`.
    ///
    /// - Parameters:
    ///   - root: the element of the outermost structure.
    ///   - namespace: the namespace of the element that comes first, where its shape has none.
    ///   - writesMilliseconds: whether timestamps have a fraction even where it is zero.
    init(
        _ xml: XMLWriter = XMLWriter(), in schema: ServiceSchema, root: XMLRoot,
        namespace: String? = nil, writesMilliseconds: Bool = false
    ) {
        self.xml = xml
        self.names = XMLNames(schema)
        self.root = root
        self.namespace = namespace
        self.writesMilliseconds = writesMilliseconds
    }

    // MARK: - Structures

    func beginStructure(at place: Place) {
        guard let name = name(at: place) else {
            return frames.append(.structure(element: nil, mark: 0))
        }
        open(name, at: place)
        frames.append(.structure(element: name, mark: xml.mark))
    }

    func member(_ position: Int, of shape: Shape) {}

    func endStructure() {
        guard case .structure(let element, _)? = frames.popLast() else { return }
        if let element { xml.end(element) }
        endValue()
    }

    // MARK: - Lists and maps

    func beginList(at place: Place, count: Int) {
        let item = place.shape.members[0].wireName
        guard let name = name(at: place) else { return }
        if place.isFlattened {
            frames.append(.list(element: nil, item: name))
        } else {
            open(name, at: place)
            frames.append(.list(element: name, item: item))
        }
    }

    func endList() {
        guard case .list(let element, _)? = frames.popLast() else { return }
        if let element { xml.end(element) }
        endValue()
    }

    func beginMap(at place: Place, count: Int) {
        guard let name = name(at: place) else { return }
        let (key, value) = (place.shape.members[0].wireName, place.shape.members[1].wireName)
        if place.isFlattened {
            frames.append(.map(element: nil, entry: name, key: key, value: value))
        } else {
            open(name, at: place)
            frames.append(.map(element: name, entry: "entry", key: key, value: value))
        }
    }

    func key(_ key: String) {
        guard case .map(_, let entry, let name, _)? = frames.last else { return }
        xml.start(entry)
        xml.element(name, key)
    }

    func endMap() {
        guard case .map(let element, _, _, _)? = frames.popLast() else { return }
        if let element { xml.end(element) }
        endValue()
    }

    // MARK: - Scalars

    func string(_ value: String, at place: Place) { scalar(value, at: place) }
    func boolean(_ value: Bool, at place: Place) { scalar(value ? "true" : "false", at: place) }
    func integer(_ value: Int, at place: Place) { scalar(String(value), at: place) }
    func double(_ value: Double, at place: Place) { scalar(DoubleText.text(of: value), at: place) }
    func blob(_ value: [UInt8], at place: Place) { scalar(Base64.encode(value), at: place) }

    func timestamp(_ value: Instant, at place: Place) {
        let format = place.timestampFormat(default: .iso8601)
        let hasFraction = writesMilliseconds && format == .iso8601
        scalar(hasFraction ? value.iso8601Milliseconds : format.text(value), at: place)
    }

    func document(_ value: Document, at place: Place) {
        preconditionFailure("\(place.shape.name) is a document, which XML does not have")
    }

    func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        .events(events, in: schema, format: .xml(in: schema))
    }

    private func scalar(_ text: String, at place: Place) {
        if case .structure(_, let mark)? = frames.last, let member = place.member,
            member.isXMLAttribute
        {
            return xml.attribute(member.wireName, text, at: mark)
        }
        guard let name = name(at: place) else { return xml.text(text) }
        open(name, at: place)
        xml.text(text)
        xml.end(name)
        endValue()
    }

    // MARK: - Elements

    /// The name of the element of the value at `place`.
    private func name(at place: Place) -> String? {
        switch frames.last {
        case nil: root.name(at: place)
        case .structure: place.owner.map { names.name(of: place.position, in: $0) }
        case .list(_, let item): item
        case .map(_, _, _, let value): value
        }
    }

    private func open(_ name: String, at place: Place) {
        let inherited = namespace.take()
        xml.start(name)
        if let namespace = place.member?.xmlNamespace ?? place.shape.xmlNamespace {
            xml.attribute(namespace.prefix.map { "xmlns:\($0)" } ?? "xmlns", namespace.uri)
        } else if let inherited {
            xml.attribute("xmlns", inherited)
        }
    }

    /// An entry of a map ends with its value.
    private func endValue() {
        if case .map(_, let entry, _, _)? = frames.last { xml.end(entry) }
    }
}
