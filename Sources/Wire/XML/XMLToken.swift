/// A part of an XML document.
enum XMLToken: Equatable {
    /// A start tag. An empty-element tag is a start and an end.
    case start(name: String, attributes: [XMLAttribute])
    /// Character data, decoded; neighbours are not joined.
    case text(String)
    /// An end tag; it closes the innermost element.
    case end
}

/// An attribute of an XML element; declarations of namespaces are none.
struct XMLAttribute: Equatable, Sendable {
    /// The name as written, with its prefix.
    let name: String
    let value: String

    /// The name without its prefix.
    var localName: Substring { Self.localName(of: name) }

    /// A name without its prefix.
    static func localName(of name: String) -> Substring {
        name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
    }
}
