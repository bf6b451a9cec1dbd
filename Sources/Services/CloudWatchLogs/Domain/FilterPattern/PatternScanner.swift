import CloudWatchLogsModel
import Wire

/// Takes a filter pattern apart from its front.
struct PatternScanner {
    private var rest: Substring.UnicodeScalarView
    /// How many regular expressions were read.
    private(set) var regexCount = 0

    init(_ text: String) {
        rest = text[...].unicodeScalars
    }

    /// What comes next; `nil` at the end.
    var peek: Unicode.Scalar? { rest.first }

    /// Takes what comes next.
    mutating func next() -> Unicode.Scalar? { rest.popFirst() }

    /// Takes `text` if it comes next.
    mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest.removeFirst(text.unicodeScalars.count)
        return true
    }

    /// Takes `text`, which the grammar wants here.
    mutating func expect(_ text: String) throws {
        guard take(text) else { throw invalid() }
    }

    mutating func skipSpaces() {
        while let next = rest.first, next.properties.isWhitespace { rest.removeFirst() }
    }

    /// Takes what comes next as long as it satisfies `condition`.
    mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    /// Takes a word of letters if it comes next, whatever its case.
    mutating func takeWord(_ word: String) -> Bool {
        let start = rest
        let found = take { $0.properties.isAlphabetic }
        if found.uppercased() == word { return true }
        rest = start
        return false
    }

    /// The text between the quotation mark that comes next and the one that ends it; a backslash
    /// makes the next character plain.
    mutating func quoted() throws -> String {
        try expect("\"")
        var text = String.UnicodeScalarView()
        while let scalar = next() {
            switch scalar {
            case "\"": return String(text)
            case "\\":
                guard let escaped = next() else { throw invalid() }
                text.append(escaped)
            default: text.append(scalar)
            }
        }
        throw invalid()
    }

    /// The regular expression between the percent sign that comes next and the one that ends it.
    mutating func regex() throws -> PatternRegex {
        try expect("%")
        var text = String.UnicodeScalarView()
        while let scalar = next() {
            switch scalar {
            case "%":
                regexCount += 1
                return try PatternRegex(String(text))
            case "\\":
                guard let escaped = next() else { throw invalid() }
                text += [scalar, escaped]
            default: text.append(scalar)
            }
        }
        throw invalid()
    }

    /// Fails unless the pattern ends here and holds no more regular expressions than it may.
    mutating func end() throws {
        skipSpaces()
        guard peek == nil, regexCount <= CloudWatchLogsLimits.regexesPerPattern else {
            throw invalid()
        }
    }

    /// The error of a pattern that is none, naming the character that is out of place where there is one.
    func invalid() -> AWSError {
        guard let peek else { return Self.invalidPattern }
        return CloudWatchLogsError.invalidParameterException(
            "Invalid character(s) in term '\(peek)'")
    }

    /// The error of a pattern that is wrong as a whole.
    static let invalidPattern = CloudWatchLogsError.invalidParameterException(
        "Invalid filter pattern")
}

extension Unicode.Scalar {
    /// Whether the character may stand in a term without quotation marks.
    var isTermCharacter: Bool { isNameCharacter || value > 127 }

    /// A letter, a digit or an underscore.
    var isNameCharacter: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}
