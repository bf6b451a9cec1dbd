import CloudWatchLogsModel
import Wire

/// A regular expression between percent signs.
///
/// The syntax is the small one that AWS allows: no groups and no back references. It runs on the
/// matcher that checks the constraints of models, whose time grows with the text and not with what
/// the text is.
struct PatternRegex: Sendable {
    private let pattern: ConstraintPattern

    /// - Throws: `InvalidParameterException` for what AWS does not allow.
    init(_ text: String) throws {
        var isEscaped = false
        for scalar in text.unicodeScalars {
            let isAllowed =
                isEscaped
                ? scalar.value < 128
                : scalar.isNameCharacter || ":#=@/;,-^$?[]{}|\\*+. ".unicodeScalars.contains(scalar)
            guard isAllowed else {
                throw CloudWatchLogsError.invalidParameterException(
                    "Invalid character(s) in term '\(scalar)'")
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        // The matcher wants the whole text to match; an expression of a filter may match any part of it.
        pattern = ConstraintPattern("[\\s\\S]*(?:\(text))[\\s\\S]*")
        guard !text.isEmpty, pattern.unsupported == nil else {
            throw CloudWatchLogsError.invalidParameterException("Invalid regular expression")
        }
    }

    /// Whether the expression matches a part of `text`.
    func isFound(in text: String) -> Bool { pattern.matches(text) }
}
