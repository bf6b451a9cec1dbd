/// A word, literal or sign of a statement, and where it stands.
struct PartiQLToken {
    enum Kind: Hashable {
        /// A keyword or a name without quotes.
        case word
        /// A name in double quotes, or a text in single ones, without them.
        case name
        case text
        case number
        case sign
        case end
    }

    let kind: Kind
    /// The word in its own case, the text without its quotes.
    let text: String
    /// The position as messages show it: line, column and length.
    let position: String

    func isKeyword(_ word: String) -> Bool { kind == .word && text.uppercased() == word }

    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
}

/// Takes a statement apart into tokens.
struct PartiQLLexer {
    private static let signs: Set<String> = ["<>", "<=", ">=", "!=", "<<", ">>", "||"]

    private let characters: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    private init(_ statement: String) { characters = Array(statement.unicodeScalars) }

    /// The tokens of a statement, the last of which is its end.
    ///
    /// - Throws: `ExpressionProblem` where something is neither word, literal nor sign.
    static func tokens(of statement: String) throws(ExpressionProblem) -> [PartiQLToken] {
        var lexer = PartiQLLexer(statement)
        var tokens: [PartiQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        let end = lexer.position(from: lexer.index)
        tokens.append(PartiQLToken(kind: .end, text: "", position: end))
        return tokens
    }

    private func position(from start: Int) -> String {
        "\(line):\(start - lineStart + 1):\(index - start)"
    }

    private var current: Unicode.Scalar? { index < characters.count ? characters[index] : nil }

    private func peek(_ offset: Int) -> Unicode.Scalar? {
        index + offset < characters.count ? characters[index + offset] : nil
    }

    private mutating func next() throws(ExpressionProblem) -> PartiQLToken? {
        try skipSpace()
        guard let first = current else { return nil }
        let start = index
        switch first {
        case "'": return try quoted(by: first, .text)
        case "\"": return try quoted(by: first, .name)
        case "0"..."9": return try number()
        case ".":
            if let digit = peek(1), Self.isDigit(digit) { return try number() }
        case _ where Self.isWord(first):
            while let scalar = current, Self.isWord(scalar) || Self.isDigit(scalar) { index += 1 }
            return token(.word, from: start)
        default: break
        }
        let pair = String(first) + (peek(1).map { String($0) } ?? "")
        if Self.signs.contains(pair) {
            index += 2
            return token(.sign, from: start)
        }
        guard ",()[]{}.*?=<>+-:;".unicodeScalars.contains(first) else {
            throw PartiQLProblem.notWellFormed("")
        }
        index += 1
        return token(.sign, from: start)
    }

    private func token(_ kind: PartiQLToken.Kind, from start: Int) -> PartiQLToken {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters[start..<index])
        return PartiQLToken(kind: kind, text: String(text), position: position(from: start))
    }

    /// Takes a text or name in quotes; the quote itself is written twice.
    private mutating func quoted(
        by quote: Unicode.Scalar, _ kind: PartiQLToken.Kind
    ) throws(ExpressionProblem) -> PartiQLToken {
        let start = index
        var text = String.UnicodeScalarView()
        index += 1
        while let scalar = current {
            index += 1
            if scalar == quote {
                guard current == quote else {
                    return PartiQLToken(
                        kind: kind, text: String(text), position: position(from: start))
                }
                index += 1
            }
            text.append(scalar)
        }
        throw PartiQLProblem.notWellFormed("")
    }

    private mutating func number() throws(ExpressionProblem) -> PartiQLToken {
        let start = index
        skipDigits()
        if current == "." {
            index += 1
            skipDigits()
        }
        let mantissa = start..<index
        if current == "e" || current == "E" {
            let signed = peek(1) == "+" || peek(1) == "-"
            if let digit = peek(signed ? 2 : 1), Self.isDigit(digit) {
                index += signed ? 2 : 1
                let exponentStart = index
                skipDigits()
                try checkExponent(
                    exponentStart..<index,
                    isNegative: signed && characters[exponentStart - 1] == "-",
                    mantissa: mantissa)
            }
        }
        return token(.number, from: start)
    }

    /// A literal's exponent, and its scale, must fit into 32 bits.
    private func checkExponent(
        _ range: Range<Int>, isNegative: Bool, mantissa: Range<Int>
    ) throws(ExpressionProblem) {
        let digits = characters[range].reduce(into: "") { $0.unicodeScalars.append($1) }
        let places = characters[mantissa].drop { $0 != "." }.count
        guard let magnitude = Int(digits),
            Int32(exactly: isNegative ? -magnitude : magnitude) != nil,
            Int32(exactly: max(places - 1, 0) - (isNegative ? -magnitude : magnitude)) != nil
        else { throw PartiQLProblem.notWellFormed("") }
    }

    private mutating func skipDigits() {
        while let scalar = current, Self.isDigit(scalar) { index += 1 }
    }

    /// Passes over white space and comments.
    private mutating func skipSpace() throws(ExpressionProblem) {
        while let scalar = current {
            if scalar == "\n" {
                index += 1
                line += 1
                lineStart = index
            } else if scalar.properties.isWhitespace {
                index += 1
            } else if scalar == "-", peek(1) == "-" {
                while let scalar = current, scalar != "\n" { index += 1 }
            } else if scalar == "/", peek(1) == "*" {
                index += 2
                while !(current == "*" && peek(1) == "/") {
                    guard current != nil else { throw PartiQLProblem.notWellFormed("") }
                    index += 1
                }
                index += 2
            } else {
                return
            }
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
            || scalar == "$"
    }
}

/// What is wrong with a statement.
enum PartiQLProblem {
    static func notWellFormed(_ detail: String) -> ExpressionProblem {
        ExpressionProblem(
            message: "Statement wasn't well formed, can't be processed: \(detail)")
    }

    static let leftover = notWellFormed("Unexpected token after expression")

    static let aliasing = ExpressionProblem(message: "Aliasing is not supported")
}
