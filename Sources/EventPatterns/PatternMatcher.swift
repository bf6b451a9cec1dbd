import Wire

/// What a single value may be.
enum PatternMatcher: Sendable {
    case equals(Document)
    case prefix([UInt8], ignoresCase: Bool)
    case suffix([UInt8], ignoresCase: Bool)
    case equalsIgnoringCase(String)
    case wildcard(Wildcard)
    case numeric([NumericBound])
    case cidr(AddressRange)
    case exists(Bool)
    /// None of these.
    case anythingBut([PatternMatcher])

    /// Whether the value at a place matches; of an array, whether an element does.
    func matches(at value: Document?) -> Bool {
        if case .exists(let exists) = self { return Self.isLeaf(value) == exists }
        guard let value else { return false }
        if case .array(let elements) = value { return elements.contains { matches(at: $0) } }
        return matches(value)
    }

    private func matches(_ value: Document) -> Bool {
        switch self {
        case .equals(let wanted): Self.isSame(value, wanted)
        case .prefix(let prefix, let ignoresCase):
            Self.text(value, ignoresCase).map { $0.starts(with: prefix) } ?? false
        case .suffix(let suffix, let ignoresCase):
            Self.text(value, ignoresCase).map { $0.reversed().starts(with: suffix.reversed()) }
                ?? false
        case .equalsIgnoringCase(let wanted): value.stringValue?.lowercased() == wanted
        case .wildcard(let wildcard):
            value.stringValue.map { wildcard.matches(Array($0.utf8)) } ?? false
        case .numeric(let bounds):
            Self.number(value).map { number in bounds.allSatisfy { $0.admits(number) } } ?? false
        case .cidr(let range):
            value.stringValue.flatMap(Address.init).map(range.contains) ?? false
        case .anythingBut(let others):
            Self.isScalar(value) && !others.contains { $0.matches(value) }
        case .exists: false
        }
    }

    /// A value that is no object is at the end of its path.
    private static func isLeaf(_ value: Document?) -> Bool {
        switch value {
        case nil, .object?: false
        default: true
        }
    }

    private static func isScalar(_ value: Document) -> Bool {
        switch value {
        case .object, .array: false
        default: true
        }
    }

    private static func isSame(_ value: Document, _ wanted: Document) -> Bool {
        if let left = number(value), let right = number(wanted) { return left == right }
        return value == wanted
    }

    private static func number(_ value: Document) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    private static func text(_ value: Document, _ ignoresCase: Bool) -> [UInt8]? {
        value.stringValue.map { Array((ignoresCase ? $0.lowercased() : $0).utf8) }
    }
}

/// A bound of a number: `>= 5`.
struct NumericBound: Sendable {
    enum Comparison: String, Sendable {
        case equal = "="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    let comparison: Comparison
    let value: Double

    func admits(_ number: Double) -> Bool {
        switch comparison {
        case .equal: number == value
        case .less: number < value
        case .lessOrEqual: number <= value
        case .greater: number > value
        case .greaterOrEqual: number >= value
        }
    }
}

/// A text in which `*` stands for any characters; `\*` is a star and `\\` a backslash.
struct Wildcard: Sendable {
    /// What stands between the stars.
    private let pieces: [[UInt8]]

    /// Reads a wildcard; `nil` for two stars side by side or another character after a backslash.
    init?(_ text: String) {
        var pieces: [[UInt8]] = [[]]
        var isEscaped = false
        var isAfterStar = false
        for byte in text.utf8 {
            if isEscaped {
                guard byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\\") else { return nil }
                pieces[pieces.count - 1].append(byte)
                (isEscaped, isAfterStar) = (false, false)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "*") {
                guard !isAfterStar else { return nil }
                pieces.append([])
                isAfterStar = true
            } else {
                pieces[pieces.count - 1].append(byte)
                isAfterStar = false
            }
        }
        guard !isEscaped else { return nil }
        self.pieces = pieces
    }

    /// Whether `text` can be made by putting something in the place of each star.
    func matches(_ text: [UInt8]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
            return text == pieces.first
        }
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return false }
        // Each piece is best found as early as it can be.
        var rest = text[first.count..<(text.count - last.count)]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let place = rest.firstRange(of: piece) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }
}
