/// Writes an XML document as AWS does: UTF-8, no indentation.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []
    /// A start tag has been written up to its attributes.
    private var isTagOpen = false

    /// Writes the XML declaration, followed by a line feed, as S3 does.
    mutating func declaration() {
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// Opens an element.
    mutating func start(_ name: String) {
        closeTag()
        append("<")
        bytes.append(contentsOf: name.utf8)
        isTagOpen = true
    }

    /// Adds an attribute to the element that has just been opened.
    mutating func attribute(_ name: String, _ value: String) {
        attribute(name, value, at: mark)
    }

    /// The place of the attributes of the element that has just been opened.
    var mark: Int {
        precondition(isTagOpen, "attributes belong to a start tag")
        return bytes.count
    }

    /// Adds an attribute to an element that may have content by now.
    mutating func attribute(_ name: String, _ value: String, at mark: Int) {
        let content = Array(bytes[mark...])
        bytes.removeLast(content.count)
        append(" ")
        bytes.append(contentsOf: name.utf8)
        append("=\"")
        appendEscaped(value)
        append("\"")
        bytes.append(contentsOf: content)
    }

    /// Writes character data.
    mutating func text(_ text: String) {
        closeTag()
        appendEscaped(text)
    }

    /// Closes an element; one without content becomes an empty-element tag.
    mutating func end(_ name: String) {
        if isTagOpen {
            isTagOpen = false
            append("/>")
        } else {
            append("</")
            bytes.append(contentsOf: name.utf8)
            append(">")
        }
    }

    /// Writes an element that holds text alone.
    mutating func element(_ name: String, _ text: String) {
        start(name)
        self.text(text)
        end(name)
    }

    private mutating func closeTag() {
        guard isTagOpen else { return }
        isTagOpen = false
        append(">")
    }

    private mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Control characters become references, as in S3's listings, even those that XML 1.0 cannot
    /// express: a key that holds one is listed so by AWS too.
    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case 0x00...0x08, 0x0B...0x1F:
                bytes.append(contentsOf: "&#x\(String(byte, radix: 16));".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
