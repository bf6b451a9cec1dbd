/// Reads regular expressions in the syntax that API models use, which is Java's.
///
/// Lazy and possessive quantifiers are read as plain ones, because an expression must match a whole
/// text either way. Back references are not regular, so they are not read.
struct PatternParser {
    /// Why an expression cannot be read.
    struct Unsupported: Error {
        let what: String
    }

    private static let greatestDepth = 50

    private let scalars: [UInt32]
    private var index = 0
    private var depth = 0
    private var ignoresCase = false
    private var dotMatchesNewlines = false

    init(_ pattern: String) { self.scalars = pattern.unicodeScalars.map(\.value) }

    /// The whole expression.
    mutating func parse() throws -> PatternNode {
        let node = try alternatives()
        guard index == scalars.count else { throw Unsupported(what: "an unopened group") }
        return node
    }

    private mutating func alternatives() throws -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.greatestDepth else { throw Unsupported(what: "groups this deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws -> PatternNode {
        var parts: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            parts.append(try quantified(try atom()))
        }
        return .sequence(parts)
    }

    private mutating func atom() throws -> PatternNode {
        let scalar = try next()
        switch Unicode.Scalar(scalar) {
        case "^": return .start
        case "$": return .end
        case ".": return .set(dotMatchesNewlines ? .everything : ScalarSet.newlines.inverted)
        case "[": return .set(cased(try characterClass()))
        case "(": return try group()
        case "\\": return try escape()
        default: return .set(cased(ScalarSet(scalar)))
        }
    }

    private func cased(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.ignoringCase : set }

    private mutating func group() throws -> PatternNode {
        guard take("?") else { return try close(try alternatives()) }
        if take(":") { return try close(try alternatives()) }
        if take("=") { return try look(isBehind: false, isNegated: false) }
        if take("!") { return try look(isBehind: false, isNegated: true) }
        if take("<") {
            if take("=") { return try look(isBehind: true, isNegated: false) }
            if take("!") { return try look(isBehind: true, isNegated: true) }
            while try next() != UInt32(UInt8(ascii: ">")) {}
            return try close(try alternatives())
        }
        return try flags()
    }

    /// `(?i)` and `(?s)`, which hold from here on.
    private mutating func flags() throws -> PatternNode {
        while !take(")") {
            if take("i") {
                ignoresCase = true
            } else if take("s") {
                dotMatchesNewlines = true
            } else if !take("u") {
                throw Unsupported(what: "this kind of group")
            }
        }
        return .sequence([])
    }

    private mutating func look(isBehind: Bool, isNegated: Bool) throws -> PatternNode {
        .look(try close(try alternatives()), isBehind: isBehind, isNegated: isNegated)
    }

    private mutating func close(_ node: PatternNode) throws -> PatternNode {
        guard take(")") else { throw Unsupported(what: "an unclosed group") }
        return node
    }

    private mutating func escape() throws -> PatternNode {
        switch peek {
        case "b", "B":
            return .wordBoundary(isNegated: try next() == UInt32(UInt8(ascii: "B")))
        case "A": index += 1; return .start
        case "z", "Z": index += 1; return .end
        default: return .set(cased(try escapedSet()))
        }
    }

    // MARK: - Quantifiers

    private mutating func quantified(_ atom: PatternNode) throws -> PatternNode {
        var node = atom
        while let (least, most) = try quantifier() {
            node = .repetition(node, least: least, most: most)
            // A lazy or possessive mark.
            if !take("?") { _ = take("+") }
        }
        return node
    }

    private mutating func quantifier() throws -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek == "{" else { return nil }
        let start = index
        index += 1
        let least = number()
        let most = take(",") ? number() : least
        guard take("}"), least != nil || most != nil else {
            // Not a quantifier, so the brace stands for itself.
            index = start
            throw Unsupported(what: "a bare brace")
        }
        let isBounded = scalars[index - 2] != UInt32(UInt8(ascii: ","))
        guard (most ?? least ?? 0) >= (least ?? 0) else { throw Unsupported(what: "such counts") }
        return (least ?? 0, isBounded ? most : nil)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek, ("0"..."9").contains(digit), (value ?? 0) < 1_000_000 {
            value = (value ?? 0) * 10 + Int(digit.value - 48)
            index += 1
        }
        return value
    }

    // MARK: - Character classes

    /// What follows `[`.
    private mutating func characterClass() throws -> ScalarSet {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.greatestDepth else { throw Unsupported(what: "classes this deep") }
        let isInverted = take("^")
        var parts: [ScalarSet] = []
        var isFirst = true
        while isFirst || peek != "]" {
            isFirst = false
            if peek == "&", index + 1 < scalars.count, scalars[index + 1] == scalars[index] {
                index += 2
                let right = try classRest()
                let both = ScalarSet(union: parts).intersection(right)
                return isInverted ? both.inverted : both
            }
            parts.append(try classItem())
        }
        index += 1
        let set = ScalarSet(union: parts)
        return isInverted ? set.inverted : set
    }

    /// The right side of `&&`, up to and with the closing bracket.
    private mutating func classRest() throws -> ScalarSet {
        var parts: [ScalarSet] = []
        while !take("]") { parts.append(try classItem()) }
        return ScalarSet(union: parts)
    }

    private mutating func classItem() throws -> ScalarSet {
        if take("[") {
            if take(":") { return try posixClass() }
            return try characterClass()
        }
        let low: UInt32
        if take("\\") {
            guard let scalar = try escapedScalar() else { return try escapedSet() }
            low = scalar
        } else {
            low = try next()
        }
        guard peek == "-", index + 1 < scalars.count,
            scalars[index + 1] != UInt32(UInt8(ascii: "]")),
            scalars[index + 1] != UInt32(UInt8(ascii: "["))
        else { return ScalarSet(low) }
        let dash = index
        index += 1
        let high: UInt32
        if take("\\") {
            guard let scalar = try escapedScalar() else {
                // `a-\d` is an `a`, a dash and the digits.
                index = dash
                return ScalarSet(low)
            }
            high = scalar
        } else {
            high = try next()
        }
        guard low <= high else { throw Unsupported(what: "a range that ends before it begins") }
        return ScalarSet(low...high)
    }

    /// `[:alnum:]`, which models use as if Java knew it.
    private mutating func posixClass() throws -> ScalarSet {
        let name = try text(upTo: ":")
        guard take("]"), let set = ScalarSet.named(name.prefix(1).uppercased() + name.dropFirst())
        else { throw Unsupported(what: "[:\(name):]") }
        return set
    }

    // MARK: - Escapes

    /// The set that follows a backslash: `\d`, `\p{L}`, or one scalar.
    private mutating func escapedSet() throws -> ScalarSet {
        if let scalar = try escapedScalar() { return ScalarSet(scalar) }
        switch Unicode.Scalar(try next()) {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .words
        case "W": return ScalarSet.words.inverted
        case "s": return .spaces
        case "S": return ScalarSet.spaces.inverted
        case "p": return try property()
        case "P": return try property().inverted
        default: throw Unsupported(what: "this escape")
        }
    }

    private mutating func property() throws -> ScalarSet {
        let name =
            take("{") ? try text(upTo: "}") : String(Character(Unicode.Scalar(try next()) ?? "?"))
        guard let set = ScalarSet.named(name) else { throw Unsupported(what: "\\p{\(name)}") }
        return set
    }

    /// The one scalar that an escape stands for; `nil`, and nothing taken, where it stands for a
    /// set.
    private mutating func escapedScalar() throws -> UInt32? {
        let start = index
        let scalar = try next()
        switch Unicode.Scalar(scalar) {
        case "n": return 10
        case "t": return 9
        case "r": return 13
        case "f": return 12
        case "a": return 7
        case "e": return 27
        case "x": return take("{") ? try number(text(upTo: "}")) : try hexadecimal(2)
        case "u": return try surrogatePair(try hexadecimal(4))
        case "d", "D", "w", "W", "s", "S", "p", "P":
            index = start
            return nil
        case .some("a"..."z"), .some("A"..."Z"), .some("0"..."9"):
            throw Unsupported(what: "this escape")
        default: return scalar
        }
    }

    /// Two escapes of surrogates stand for one scalar.
    private mutating func surrogatePair(_ high: UInt32) throws -> UInt32 {
        let start = index
        guard (0xD800...0xDBFF).contains(high), take("\\"), take("u") else {
            index = start
            return high
        }
        let low = try hexadecimal(4)
        guard (0xDC00...0xDFFF).contains(low) else {
            index = start
            return high
        }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private func number(_ digits: String) throws -> UInt32 {
        guard let value = UInt32(digits, radix: 16) else { throw Unsupported(what: "this number") }
        return value
    }

    private mutating func hexadecimal(_ count: Int) throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let scalar = Unicode.Scalar(try next()), scalar.isASCII,
                let digit = Character(scalar).hexDigitValue
            else { throw Unsupported(what: "this number") }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    // MARK: - Scalars

    private var peek: Unicode.Scalar? {
        index < scalars.count ? Unicode.Scalar(scalars[index]) : nil
    }

    private mutating func next() throws -> UInt32 {
        guard index < scalars.count else {
            throw Unsupported(what: "an expression that breaks off")
        }
        index += 1
        return scalars[index - 1]
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    private mutating func text(upTo end: Unicode.Scalar) throws -> String {
        var text = String.UnicodeScalarView()
        while !take(end) {
            if let scalar = Unicode.Scalar(try next()) { text.append(scalar) }
        }
        return String(text)
    }
}
