/// An element of a SAML document with its prefixes and namespaces, which signatures are about.
///
/// Only what such documents need is read: no document types, no entities but the five, no processing instructions.
struct XMLNode: Sendable {
    struct Attribute: Sendable {
        let prefix: String
        let name: String
        /// Empty without a prefix.
        let namespace: String
        let value: String
    }

    enum Child: Sendable {
        case element(XMLNode)
        case text(String)
    }

    let prefix: String
    let name: String
    let namespace: String
    let attributes: [Attribute]
    /// The namespaces that hold here, by prefix.
    let scope: [String: String]
    var children: [Child] = []

    /// The elements directly below.
    var elements: [XMLNode] {
        children.compactMap { child in
            if case .element(let node) = child { node } else { nil }
        }
    }

    /// All text directly below, comments left out.
    var text: String {
        children.compactMap { child in
            if case .text(let text) = child { text } else { nil }
        }.joined()
    }

    /// The text without the white space around it.
    var trimmedText: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// The value of an attribute without a prefix.
    func attribute(_ name: String) -> String? {
        attributes.first { $0.prefix.isEmpty && $0.name == name }?.value
    }

    /// The elements directly below of this name.
    func elements(_ name: String, in namespace: String) -> [XMLNode] {
        elements.filter { $0.name == name && $0.namespace == namespace }
    }

    /// The only element directly below of this name; `nil` where there is none, or more than one.
    func only(_ name: String, in namespace: String) -> XMLNode? {
        let found = elements(name, in: namespace)
        return found.count == 1 ? found[0] : nil
    }

    /// This element and all below it.
    var all: [XMLNode] { [self] + elements.flatMap(\.all) }
}
