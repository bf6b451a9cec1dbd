/// A word or sign of an expression, and where it stands.
struct ExpressionToken {
    enum Kind: Hashable {
        /// A name or keyword.
        case word
        /// `#name`
        case name
        /// `:value`
        case value
        /// Digits.
        case number
        /// An operator, bracket or comma, or a character that has no meaning.
        case sign
        /// The end of the expression.
        case end
    }

    let kind: Kind
    let text: Substring

    /// Whether this is the keyword `word`, in any case.
    func isKeyword(_ word: String) -> Bool {
        kind == .word && text.utf8.count == word.utf8.count && text.uppercased() == word
    }

    /// Whether this is the operator or bracket `sign`.
    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
}

extension ExpressionToken {
    /// The tokens of an expression, the last of which is its end.
    static func tokens(of text: String) -> [ExpressionToken] {
        var tokens: [ExpressionToken] = []
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first {
            if first.properties.isWhitespace {
                rest = Substring(rest.unicodeScalars.dropFirst())
                continue
            }
            let (kind, length) = shape(of: rest.utf8, first)
            let end = rest.utf8.index(rest.startIndex, offsetBy: length)
            tokens.append(ExpressionToken(kind: kind, text: rest[..<end]))
            rest = rest[end...]
        }
        tokens.append(ExpressionToken(kind: .end, text: text[text.endIndex...]))
        return tokens
    }

    /// The kind of the token at the front of `text`, and its length in bytes.
    private static func shape(
        of text: Substring.UTF8View, _ first: Unicode.Scalar
    ) -> (Kind, length: Int) {
        func run(from start: Int) -> Int {
            start + text.dropFirst(start).prefix(while: isWordByte).count
        }
        switch first {
        case "a"..."z", "A"..."Z", "_": return (.word, run(from: 1))
        case "0"..."9": return (.number, text.prefix { (0x30...0x39).contains($0) }.count)
        case "#", ":":
            let length = run(from: 1)
            if length == 1 { return (.sign, 1) }
            return (first == "#" ? .name : .value, length)
        case "<", ">":
            let second = text.dropFirst().first
            let isPair =
                second == UInt8(ascii: "=") || first == "<" && second == UInt8(ascii: ">")
            return (.sign, isPair ? 2 : 1)
        default: return (.sign, first.utf8.count)
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
