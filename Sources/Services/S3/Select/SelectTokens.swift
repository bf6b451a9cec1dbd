/// The words of a query.
enum SelectToken: Equatable, Sendable {
    /// A keyword or a name; keywords mind no case.
    case word(String)
    /// A name in quotation marks.
    case quoted(String)
    case text(String)
    case number(String)
    case symbol(String)

    /// Takes a query apart.
    ///
    /// - Throws: `AWSError`.
    static func all(of query: String) throws -> [SelectToken] {
        var tokens: [SelectToken] = []
        var rest = Array(query.unicodeScalars)[...]
        while let first = rest.first {
            switch first {
            case " ", "\t", "\n", "\r": rest.removeFirst()
            case "'": tokens.append(.text(try string(&rest, "'")))
            case "\"": tokens.append(.quoted(try string(&rest, "\"")))
            case _ where first.properties.isAlphabetic || first == "_":
                tokens.append(
                    .word(
                        take(&rest) {
                            $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0)
                        }))
            case "0"..."9":
                tokens.append(.number(take(&rest) { ("0"..."9").contains($0) || $0 == "." }))
            default: tokens.append(.symbol(symbol(&rest)))
            }
        }
        return tokens
    }

    private static func take(
        _ rest: inout ArraySlice<Unicode.Scalar>, while isPart: (Unicode.Scalar) -> Bool
    ) -> String {
        var text = ""
        while let first = rest.first, isPart(first) {
            text.unicodeScalars.append(first)
            rest.removeFirst()
        }
        return text
    }

    private static func string(
        _ rest: inout ArraySlice<Unicode.Scalar>, _ mark: Unicode.Scalar
    ) throws -> String {
        rest.removeFirst()
        var text = ""
        while let scalar = rest.popFirst() {
            if scalar == mark {
                // A mark that stands twice stands for itself.
                guard rest.first == mark else { return text }
                rest.removeFirst()
            }
            text.unicodeScalars.append(scalar)
        }
        throw SelectFailure.syntax("a string does not end")
    }

    private static func symbol(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
        var text = String(Character(rest.removeFirst()))
        if let next = rest.first,
            ["<=", ">=", "<>", "!=", "||"].contains(text + String(Character(next)))
        {
            text += String(Character(next))
            rest.removeFirst()
        }
        return text
    }
}
