/// A set of Unicode scalars, as a character class of a regular expression describes it.
struct ScalarSet: Sendable {
    private indirect enum Content: Sendable {
        case ranges([ClosedRange<UInt32>])
        case categories(Set<Unicode.GeneralCategory>)
        case property(@Sendable (Unicode.Scalar.Properties) -> Bool)
        case union([ScalarSet])
        case intersection(ScalarSet, ScalarSet)
        case inverted(ScalarSet)
    }

    private let content: Content
    /// Whether each ASCII character is in the set, a bit each: nearly all that is ever asked.
    private let lowASCII: UInt64
    private let highASCII: UInt64

    private init(_ content: Content) {
        self.content = content
        let bits = { (base: UInt32) -> UInt64 in
            (0..<64).reduce(UInt64(0)) { bits, index in
                Self.contains(base + index, in: content) ? bits | 1 << UInt64(index) : bits
            }
        }
        self.lowASCII = bits(0)
        self.highASCII = bits(64)
    }

    /// Whether `scalar` is in the set.
    func contains(_ scalar: UInt32) -> Bool {
        switch scalar {
        case ..<64: lowASCII >> UInt64(scalar) & 1 == 1
        case ..<128: highASCII >> UInt64(scalar - 64) & 1 == 1
        default: Self.contains(scalar, in: content)
        }
    }

    private static func contains(_ scalar: UInt32, in content: Content) -> Bool {
        switch content {
        case .ranges(let ranges): ranges.contains { $0.contains(scalar) }
        case .categories(let categories):
            Unicode.Scalar(scalar).map { categories.contains($0.properties.generalCategory) }
                ?? false
        case .property(let holds): Unicode.Scalar(scalar).map { holds($0.properties) } ?? false
        case .union(let sets): sets.contains { $0.contains(scalar) }
        case .intersection(let left, let right): left.contains(scalar) && right.contains(scalar)
        case .inverted(let set): !set.contains(scalar)
        }
    }
}

// MARK: - The sets that expressions name

extension ScalarSet {
    init(_ ranges: ClosedRange<UInt32>...) { self.init(.ranges(ranges)) }
    init(_ scalar: UInt32) { self.init(.ranges([scalar...scalar])) }
    init(union sets: [ScalarSet]) { self.init(.union(sets)) }

    var inverted: ScalarSet { ScalarSet(.inverted(self)) }

    func intersection(_ other: ScalarSet) -> ScalarSet { ScalarSet(.intersection(self, other)) }

    /// The set without regard to the case of ASCII letters.
    var ignoringCase: ScalarSet {
        let letters = (UInt32(65)...90).flatMap { upper -> [ScalarSet] in
            contains(upper) || contains(upper + 32)
                ? [ScalarSet(upper), ScalarSet(upper + 32)] : []
        }
        return ScalarSet(union: [self] + letters)
    }

    static let everything = ScalarSet(0...0x10FFFF)
    static let digits = ScalarSet(48...57)
    static let words = ScalarSet(48...57, 65...90, 95...95, 97...122)
    static let spaces = ScalarSet(9...13, 32...32)
    static let newlines = ScalarSet(10...10, 13...13, 0x85...0x85, 0x2028...0x2029)

    /// The set of `\p{name}`; `nil` where there is none of this name.
    static func named(_ name: String) -> ScalarSet? {
        posix[name] ?? category(name)
    }

    /// Java's POSIX classes are ASCII's.
    private static let posix: [String: ScalarSet] = [
        "ASCII": ScalarSet(0...127), "Alnum": ScalarSet(48...57, 65...90, 97...122),
        "Alpha": ScalarSet(65...90, 97...122), "Digit": digits, "Upper": ScalarSet(65...90),
        "Lower": ScalarSet(97...122), "Punct": ScalarSet(33...47, 58...64, 91...96, 123...126),
        "Graph": ScalarSet(33...126), "Print": ScalarSet(32...126),
        "Blank": ScalarSet(9...9, 32...32), "Cntrl": ScalarSet(0...31, 127...127),
        "XDigit": ScalarSet(48...57, 65...70, 97...102), "Space": spaces,
        "all": everything, "L1": ScalarSet(0...255),
        "LD": ScalarSet(union: [category("L"), category("Nd")].compactMap { $0 }),
        "IsAlphabetic": ScalarSet(.property { $0.isAlphabetic }),
        "IsWhitespace": ScalarSet(.property { $0.isWhitespace }),
        "IsWhite_Space": ScalarSet(.property { $0.isWhitespace }),
    ]

    private static let categories: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter,
        "Lm": .modifierLetter, "Lo": .otherLetter,
        "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark,
        "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber,
        "Pc": .connectorPunctuation, "Pd": .dashPunctuation, "Ps": .openPunctuation,
        "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
        "Po": .otherPunctuation,
        "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator,
        "Cc": .control, "Cf": .format, "Cs": .surrogate, "Co": .privateUse, "Cn": .unassigned,
    ]

    /// The general category of this name, or the categories that begin with its one letter.
    private static func category(_ name: String) -> ScalarSet? {
        let name = name.hasPrefix("Is") ? String(name.dropFirst(2)) : name
        let found = categories.filter { $0.key == name || $0.key.prefix(1) == name }
        return found.isEmpty ? nil : ScalarSet(.categories(Set(found.values)))
    }
}
