/// What a field or a property is compared with.
enum PatternOperand: Sendable {
    /// A number, and the text that it was written as.
    case number(Double, text: String)
    /// A text in which `*` stands for anything.
    case text(Wildcard)
    case regex(PatternRegex)

    /// Reads an operand.
    ///
    /// - Parameter isPlain: which characters may stand without quotation marks.
    init(_ scanner: inout PatternScanner, isPlain: (Unicode.Scalar) -> Bool) throws {
        switch scanner.peek {
        case "\"":
            self = .text(Wildcard(try scanner.quoted()))
        case "%":
            self = .regex(try scanner.regex())
        default:
            let word = scanner.take(while: isPlain)
            guard !word.isEmpty else { throw scanner.invalid() }
            if let number = Double(word), number.isFinite {
                self = .number(number, text: word)
            } else {
                self = .text(Wildcard(word))
            }
        }
    }

    /// Whether `text` is what the operand says.
    func equals(_ text: String) -> Bool {
        switch self {
        case .number(let number, let written): text == written || Double(text) == number
        case .text(let wildcard): wildcard.matches(text)
        case .regex(let regex): regex.isFound(in: text)
        }
    }
}
