/// Words and phrases that a message must have, may have or must not have.
struct TermPattern: Sendable {
    private enum Term: Sendable {
        case text([UInt8])
        case regex(PatternRegex)

        func isFound(in message: [UInt8]) -> Bool {
            switch self {
            case .text(let text): message.contains(text)
            case .regex(let regex): regex.isFound(in: String(decoding: message, as: UTF8.self))
            }
        }
    }

    private var required: [Term] = []
    private var excluded: [Term] = []
    /// One of these must be there. They count only where there is nothing else, as AWS documents.
    private var optional: [Term] = []

    init(_ scanner: inout PatternScanner) throws {
        while scanner.peek != nil {
            if scanner.take("-") {
                excluded.append(try Self.term(&scanner))
            } else if scanner.take("?") {
                optional.append(try Self.term(&scanner))
            } else {
                required.append(try Self.term(&scanner))
            }
            scanner.skipSpaces()
        }
    }

    func matches(_ message: [UInt8]) -> Bool {
        if excluded.contains(where: { $0.isFound(in: message) }) { return false }
        if required.isEmpty && excluded.isEmpty {
            return optional.contains { $0.isFound(in: message) }
        }
        return required.allSatisfy { $0.isFound(in: message) }
    }

    private static func term(_ scanner: inout PatternScanner) throws -> Term {
        switch scanner.peek {
        case "\"":
            return .text(Array(try scanner.quoted().utf8))
        case "%":
            return .regex(try scanner.regex())
        default:
            let word = scanner.take(while: \.isTermCharacter)
            guard !word.isEmpty, scanner.peek?.properties.isWhitespace ?? true else {
                throw scanner.invalid()
            }
            return .text(Array(word.utf8))
        }
    }
}

extension [UInt8] {
    /// Whether `part` stands somewhere in these bytes.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard count >= part.count else { return false }
        var start = 0
        let lastStart = count - part.count
        while start <= lastStart {
            guard let found = self[start...lastStart].firstIndex(of: first) else { return false }
            if self[found..<found + part.count].elementsEqual(part) { return true }
            start = found + 1
        }
        return false
    }
}
