/// Reads a document into elements. Everything that it does not know is an error.
struct XMLNodeParser {
    /// Elements inside each other.
    private static let depthLimit = 64
    private static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

    struct Malformed: Error {}

    private let bytes: [UInt8]
    private var at = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The root element of a document.
    ///
    /// - Throws: `Malformed`.
    static func parse(_ bytes: [UInt8]) throws -> XMLNode {
        var parser = XMLNodeParser(bytes)
        if parser.skip("<?xml") { try parser.skip(past: "?>") }
        try parser.skipSpaceAndComments()
        let root = try parser.element(
            scope: ["": "", "xml": xmlNamespace], depth: 0)
        try parser.skipSpaceAndComments()
        guard parser.at == bytes.count else { throw Malformed() }
        return root
    }

    private mutating func element(scope: [String: String], depth: Int) throws -> XMLNode {
        guard depth < Self.depthLimit, skip("<") else { throw Malformed() }
        let name = try self.name()
        var given: [(name: String, value: String)] = []
        var isEmpty = false
        while true {
            let hadSpace = skipSpace()
            if skip("/>") {
                isEmpty = true
                break
            }
            if skip(">") { break }
            guard hadSpace else { throw Malformed() }
            given.append(try attribute())
        }
        guard Set(given.map(\.name)).count == given.count else { throw Malformed() }
        var node = try node(name, given, scope: scope)
        if isEmpty { return node }
        node.children = try content(of: name, scope: node.scope, depth: depth)
        return node
    }

    private func node(
        _ name: String, _ given: [(name: String, value: String)], scope: [String: String]
    ) throws -> XMLNode {
        var scope = scope
        for (name, value) in given {
            if name == "xmlns" {
                scope[""] = value
            } else if name.hasPrefix("xmlns:") {
                guard !value.isEmpty else { throw Malformed() }
                scope[String(name.dropFirst(6))] = value
            }
        }
        let (prefix, local) = try Self.split(name)
        guard let namespace = scope[prefix] else { throw Malformed() }
        let attributes = try given.filter { $0.name != "xmlns" && !$0.name.hasPrefix("xmlns:") }
            .map { name, value in
                let (prefix, local) = try Self.split(name)
                let namespace = prefix.isEmpty ? "" : scope[prefix]
                guard let namespace else { throw Malformed() }
                return XMLNode.Attribute(
                    prefix: prefix, name: local, namespace: namespace, value: value)
            }
        return XMLNode(
            prefix: prefix, name: local, namespace: namespace, attributes: attributes, scope: scope)
    }

    private mutating func content(
        of name: String, scope: [String: String], depth: Int
    ) throws -> [XMLNode.Child] {
        var children: [XMLNode.Child] = []
        while true {
            if skip("</") {
                guard try self.name() == name else { throw Malformed() }
                _ = skipSpace()
                guard skip(">") else { throw Malformed() }
                return children
            }
            if skip("<!--") {
                try skip(past: "-->")
                continue
            }
            guard at < bytes.count else { throw Malformed() }
            if bytes[at] == UInt8(ascii: "<") {
                // A name has to follow: `<!` and `<?` begin what is not read here.
                children.append(.element(try element(scope: scope, depth: depth + 1)))
            } else {
                let text = try characters(until: [UInt8(ascii: "<")], isAttribute: false)
                // Text around a comment is one text.
                if case .text(let before)? = children.last {
                    children[children.count - 1] = .text(before + text)
                } else {
                    children.append(.text(text))
                }
            }
        }
    }

    private mutating func attribute() throws -> (name: String, value: String) {
        let name = try self.name()
        _ = skipSpace()
        guard skip("=") else { throw Malformed() }
        _ = skipSpace()
        guard at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 else { throw Malformed() }
        let quote = bytes[at]
        at += 1
        let value = try characters(until: [quote], isAttribute: true)
        guard at < bytes.count else { throw Malformed() }
        at += 1
        return (name, value)
    }

    private mutating func characters(until ends: Set<UInt8>, isAttribute: Bool) throws -> String {
        var text: [UInt8] = []
        while at < bytes.count, !ends.contains(bytes[at]) {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "&"): text += try reference()
            case UInt8(ascii: "<"): throw Malformed()
            case 0x0D:
                // The end of a line is one character.
                if at < bytes.count, bytes[at] == 0x0A { at += 1 }
                text.append(isAttribute ? 0x20 : 0x0A)
            case 0x09, 0x0A: text.append(isAttribute ? 0x20 : byte)
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw Malformed() }
        return string
    }

    private mutating func reference() throws -> [UInt8] {
        guard let end = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw Malformed()
        }
        let name = String(decoding: bytes[at..<end], as: UTF8.self)
        at = end + 1
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [0x22]
        case "apos": return [0x27]
        default:
            guard name.hasPrefix("#") else { throw Malformed() }
            let isHex = name.hasPrefix("#x")
            let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
            guard let number, number >= 0x20 || [9, 10, 13].contains(number),
                let scalar = Unicode.Scalar(number)
            else { throw Malformed() }
            return Array(String(scalar).utf8)
        }
    }

    private mutating func name() throws -> String {
        let start = at
        while at < bytes.count, Self.isName(bytes[at]) { at += 1 }
        guard at > start, !(0x30...0x39).contains(bytes[start]), bytes[start] != 0x2D,
            bytes[start] != 0x2E
        else { throw Malformed() }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private static func split(_ name: String) throws -> (prefix: String, local: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return ("", name)
        case 2 where !parts[0].isEmpty && !parts[1].isEmpty:
            return (String(parts[0]), String(parts[1]))
        default: throw Malformed()
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E, 0x3A, 0x80...: true
        default: false
        }
    }

    private mutating func skipSpaceAndComments() throws {
        while true {
            _ = skipSpace()
            guard skip("<!--") else { return }
            try skip(past: "-->")
        }
    }

    private mutating func skipSpace() -> Bool {
        let start = at
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        return at > start
    }

    private mutating func skip(_ literal: String) -> Bool {
        guard bytes[at...].starts(with: literal.utf8) else { return false }
        at += literal.utf8.count
        return true
    }

    private mutating func skip(past literal: String) throws {
        while at < bytes.count {
            if skip(literal) { return }
            at += 1
        }
        throw Malformed()
    }
}
