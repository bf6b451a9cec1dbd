/// An element of an XML document with all that it contains.
struct XMLElement: Equatable, Sendable {
    /// The name without its prefix.
    let name: String
    let attributes: [XMLAttribute]
    /// The character data that stands directly in the element.
    private(set) var text: String
    private(set) var children: [XMLElement] = []

    init(name: String, attributes: [XMLAttribute] = [], text: String = "") {
        self.name = name
        self.attributes = attributes
        self.text = text
    }

    /// Reads the root element of a document.
    ///
    /// - Throws: `XMLError` where the document is malformed or exceeds `XMLLimits`.
    init(parsing document: [UInt8]) throws(XMLError) {
        var tokenizer = XMLTokenizer(document)
        var open: [XMLElement] = []
        var root: XMLElement?
        while let token = try tokenizer.next() {
            switch token {
            case .start(let name, let attributes):
                open.append(XMLElement(name: name, attributes: attributes))
            case .text(let text):
                open[open.count - 1].text += text
            case .end:
                let closed = open.removeLast()
                if open.isEmpty {
                    root = closed
                } else {
                    open[open.count - 1].children.append(closed)
                }
            }
        }
        guard let root else { throw XMLError(message: "there is no element", offset: 0) }
        self = root
    }

    /// The first child of that name.
    func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// The value of the attribute `name`, whatever its prefix: documents choose their own.
    func attribute(_ name: String) -> String? {
        attributes.first { $0.localName == XMLAttribute.localName(of: name) }?.value
    }
}
