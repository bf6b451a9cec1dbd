/// Writes elements in the one form in which they are signed, without comments.
///
/// Source: W3C, "Exclusive XML Canonicalization 1.0".
struct XMLCanonicalizer {
    /// The prefixes whose namespaces are written wherever they hold (`InclusiveNamespaces`).
    var inclusivePrefixes: Set<String> = []

    /// The canonical form of an element and all below it.
    func bytes(of node: XMLNode) -> [UInt8] {
        var output = ""
        write(node, written: [:], to: &output)
        return Array(output.utf8)
    }

    private func write(_ node: XMLNode, written: [String: String], to output: inout String) {
        let name = node.prefix.isEmpty ? node.name : "\(node.prefix):\(node.name)"
        output += "<\(name)"
        var written = written
        var used = Set(node.attributes.map(\.prefix).filter { !$0.isEmpty })
        used.insert(node.prefix)
        used.formUnion(inclusivePrefixes.filter { node.scope[$0] != nil })
        used.remove("xml")
        for prefix in used.sorted() {
            let namespace = node.scope[prefix] ?? ""
            guard written[prefix] ?? "" != namespace else { continue }
            written[prefix] = namespace
            output += prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\""
            output += "\(Self.escaped(attribute: namespace))\""
        }
        let attributes = node.attributes.sorted {
            ($0.namespace, $0.name) < ($1.namespace, $1.name)
        }
        for attribute in attributes {
            output +=
                attribute.prefix.isEmpty
                ? " \(attribute.name)=\"" : " \(attribute.prefix):\(attribute.name)=\""
            output += "\(Self.escaped(attribute: attribute.value))\""
        }
        output += ">"
        for child in node.children {
            switch child {
            case .element(let child): write(child, written: written, to: &output)
            case .text(let text): output += Self.escaped(text: text)
            }
        }
        output += "</\(name)>"
    }

    private static func escaped(text: String) -> String {
        escape(text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\r": "&#xD;"
            default: nil
            }
        }
    }

    private static func escaped(attribute: String) -> String {
        escape(attribute) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case "\"": "&quot;"
            case "\t": "&#x9;"
            case "\n": "&#xA;"
            case "\r": "&#xD;"
            default: nil
            }
        }
    }

    private static func escape(
        _ text: String, _ replacement: (Unicode.Scalar) -> String?
    ) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let text = replacement(scalar) {
                output.append(contentsOf: text.unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }
}
