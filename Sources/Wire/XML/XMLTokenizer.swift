/// Takes an XML 1.0 document in UTF-8 apart, strictly.
///
/// There are no document type declarations, so there are no entities but the predefined five, and
/// nothing outside the document is ever read. Prefixes of elements are dropped: no AWS protocol has
/// two elements that differ in their namespace alone.
struct XMLTokenizer {
    private let bytes: [UInt8]
    private var position = 0
    /// The names of the elements that are open, as written.
    private var open: [Range<Int>] = []
    private var elements = 0
    /// An empty-element tag has been returned as a start; its end comes next.
    private var owesEnd = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next part; `nil` at the end of the document.
    ///
    /// - Throws: `XMLError` where the document is malformed or exceeds `XMLLimits`.
    mutating func next() throws(XMLError) -> XMLToken? {
        if owesEnd {
            owesEnd = false
            open.removeLast()
            return .end
        }
        if position == 0 { try skipDeclaration() }
        while position < bytes.count {
            if bytes[position] != UInt8(ascii: "<") {
                guard let text = try characterData() else { continue }
                return .text(text)
            }
            switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
            case UInt8(ascii: "/"): return try endTag()
            case UInt8(ascii: "?"): try skipInstruction()
            case UInt8(ascii: "!"):
                if let section = try markup() { return .text(section) }
            default: return try startTag()
            }
        }
        guard open.isEmpty else { throw error("an element is not closed") }
        guard elements > 0 else { throw error("there is no element") }
        return nil
    }

    // MARK: - Tags

    private mutating func startTag() throws(XMLError) -> XMLToken {
        guard !open.isEmpty || elements == 0 else { throw error("a second root element") }
        guard open.count < XMLLimits.depth else { throw error("elements nest too deeply") }
        guard elements < XMLLimits.elements else { throw error("there are too many elements") }
        position += 1
        elements += 1
        let name = try self.name()
        var attributes: [XMLAttribute] = []
        var names: Set<String> = []
        while true {
            let hadSpace = skipSpace()
            guard position < bytes.count else { throw error("a tag is not closed") }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                break
            }
            if bytes[position] == UInt8(ascii: "/") {
                position += 1
                try expect(">")
                owesEnd = true
                break
            }
            guard hadSpace else { throw error("attributes need space between them") }
            let attribute = try self.attribute()
            guard names.insert(attribute.name).inserted, names.count <= XMLLimits.attributes else {
                throw error("an attribute stands twice, or there are too many")
            }
            if attribute.name != "xmlns", !attribute.name.hasPrefix("xmlns:") {
                attributes.append(attribute)
            }
        }
        open.append(name)
        return .start(name: try localName(name), attributes: attributes)
    }

    private mutating func endTag() throws(XMLError) -> XMLToken {
        position += 2
        let name = try self.name()
        _ = skipSpace()
        try expect(">")
        guard let started = open.popLast(), bytes[started] == bytes[name] else {
            throw error("an end tag does not match its start tag")
        }
        return .end
    }

    private mutating func attribute() throws(XMLError) -> XMLAttribute {
        let name = try text(self.name())
        _ = skipSpace()
        try expect("=")
        _ = skipSpace()
        guard position < bytes.count,
            [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[position])
        else { throw error("an attribute's value is not quoted") }
        let quote = bytes[position]
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != UInt8(ascii: "<") else {
                throw error("an attribute's value has a <")
            }
            position += 1
        }
        guard position < bytes.count else { throw error("an attribute's value is not closed") }
        defer { position += 1 }
        return XMLAttribute(name: name, value: try decode(start..<position))
    }

    /// Reads a name with its prefix. Characters beyond ASCII are taken as they come; they are valid
    /// UTF-8 or `text` says no.
    private mutating func name() throws(XMLError) -> Range<Int> {
        let start = position
        while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
        guard start < position, !Self.cannotStartName(bytes[start]) else {
            throw error("a name is missing or malformed")
        }
        return start..<position
    }

    private func localName(_ name: Range<Int>) throws(XMLError) -> String {
        guard let colon = bytes[name].firstIndex(of: UInt8(ascii: ":")) else {
            return try text(name)
        }
        guard colon > name.lowerBound, colon + 1 < name.upperBound else {
            throw error("a name has an empty part")
        }
        return try text(colon + 1..<name.upperBound)
    }

    // MARK: - Text

    /// Reads up to the next tag; `nil` for the space around the root element.
    private mutating func characterData() throws(XMLError) -> String? {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        if open.isEmpty {
            guard bytes[start..<position].allSatisfy(Self.isSpace) else {
                throw error("text stands outside the root element")
            }
            return nil
        }
        guard !contains("]]>", in: start..<position) else { throw error("text has a ]]>") }
        return try decode(start..<position)
    }

    /// Reads a comment, which is no part of the document, or a CDATA section, whose text it returns.
    private mutating func markup() throws(XMLError) -> String? {
        if skip("<!--") {
            let text = try skip(past: "-->")
            guard !contains("--", in: text), bytes[text].last != UInt8(ascii: "-") else {
                throw error("a comment has two hyphens")
            }
            _ = try decode(text, resolvingReferences: false)
            return nil
        }
        guard !open.isEmpty, skip("<![CDATA[") else {
            throw error("document type declarations are not allowed")
        }
        return try decode(try skip(past: "]]>"), resolvingReferences: false)
    }

    /// Makes a string of character data: line ends become line feeds, references what they stand for.
    private func decode(
        _ range: Range<Int>, resolvingReferences: Bool = true
    ) throws(XMLError) -> String {
        let isPlain = bytes[range].allSatisfy {
            $0 >= 0x20 && $0 != UInt8(ascii: "&") || $0 == 0x0A || $0 == 0x09
        }
        if isPlain { return try text(range) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "&") where resolvingReferences:
                try appendReference(at: &index, before: range.upperBound, to: &decoded)
            case 0x0D:
                decoded.append(0x0A)
                if index < range.upperBound, bytes[index] == 0x0A { index += 1 }
            case 0x09, 0x0A, 0x20...: decoded.append(byte)
            default: throw error("a control character")
            }
        }
        return try text(decoded[...])
    }

    private func appendReference(
        at index: inout Int, before end: Int, to decoded: inout [UInt8]
    ) throws(XMLError) {
        // The longest reference is that of a character of 7 decimal digits.
        let limit = min(end, index + 10)
        guard let semicolon = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")) else {
            throw error("an ampersand begins no reference")
        }
        let name = try text(index..<semicolon)
        index = semicolon + 1
        switch name {
        case "lt": decoded.append(UInt8(ascii: "<"))
        case "gt": decoded.append(UInt8(ascii: ">"))
        case "amp": decoded.append(UInt8(ascii: "&"))
        case "quot": decoded.append(UInt8(ascii: "\""))
        case "apos": decoded.append(UInt8(ascii: "'"))
        default:
            let isHexadecimal = name.hasPrefix("#x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            guard name.hasPrefix("#"), digits.first != "+", digits.first != "-",
                let value = UInt32(digits, radix: isHexadecimal ? 16 : 10),
                let scalar = Unicode.Scalar(value),
                value >= 0x20 && value != 0xFFFE && value != 0xFFFF
                    || [0x09, 0x0A, 0x0D].contains(value)
            else { throw error("a reference to no entity or character") }
            decoded.append(contentsOf: String(scalar).utf8)
        }
    }

    private func text(_ range: Range<Int>) throws(XMLError) -> String {
        try text(bytes[range])
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(XMLError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("the text is not UTF-8")
        }
        return text
    }

    // MARK: - What is passed over

    /// Passes over the byte order mark and the XML declaration.
    private mutating func skipDeclaration() throws(XMLError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        guard skip("<?xml"), position < bytes.count, Self.isSpace(bytes[position]) else { return }
        let declaration = try text(skip(past: "?>")).lowercased()
        guard let encoding = declaration.split(separator: "encoding").dropFirst().first else {
            return
        }
        let name = encoding.split(whereSeparator: { "\"' =\t\r\n".contains($0) }).first
        guard name == "utf-8" || name == "us-ascii" else {
            throw error("the encoding is not UTF-8")
        }
    }

    private mutating func skipInstruction() throws(XMLError) {
        position += 2
        let target = try text(name())
        guard target.lowercased() != "xml" else {
            throw error("an XML declaration is out of place")
        }
        _ = try skip(past: "?>")
    }

    private mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    private mutating func skip(_ literal: StaticString) -> Bool {
        guard matches(literal, at: position) else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    /// Moves behind the next `literal` and returns what stands before it.
    private mutating func skip(past literal: StaticString) throws(XMLError) -> Range<Int> {
        let start = position
        while position < bytes.count {
            if matches(literal, at: position) {
                defer { position += literal.utf8CodeUnitCount }
                return start..<position
            }
            position += 1
        }
        throw error("a \(literal) is missing")
    }

    private mutating func expect(_ literal: StaticString) throws(XMLError) {
        guard skip(literal) else { throw error("a \(literal) is missing") }
    }

    private func contains(_ literal: StaticString, in range: Range<Int>) -> Bool {
        range.contains { matches(literal, at: $0, before: range.upperBound) }
    }

    private func matches(_ literal: StaticString, at index: Int, before end: Int? = nil) -> Bool {
        let end = end ?? bytes.count
        guard index + literal.utf8CodeUnitCount <= end else { return false }
        return literal.withUTF8Buffer { literal in
            literal.indices.allSatisfy { bytes[index + $0] == literal[$0] }
        }
    }

    private func error(_ message: String) -> XMLError {
        XMLError(message: message, offset: position)
    }

    // MARK: - Characters

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...:
            true
        default: false
        }
    }

    private static func cannotStartName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
