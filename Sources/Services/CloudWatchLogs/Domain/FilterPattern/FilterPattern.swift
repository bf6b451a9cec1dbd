import CloudWatchLogsModel
import Wire

/// A filter pattern: which messages `FilterLogEvents` finds.
///
/// Follows "Filter pattern syntax" of the CloudWatch Logs user guide.
enum FilterPattern: Sendable {
    /// An empty pattern: every message.
    case everything
    /// `ERROR -timeout "could not"`: words and phrases anywhere in the message.
    case terms(TermPattern)
    /// `[ip, user, ..., status = 4*]`: the message as fields between spaces.
    case fields(FieldPattern)
    /// `{ $.level = "error" && $.took > 100 }`: the message as JSON.
    case json(JSONPattern)

    /// Reads a pattern.
    ///
    /// - Throws: `InvalidParameterException`.
    init(_ text: String) throws {
        var scanner = PatternScanner(text)
        scanner.skipSpaces()
        switch scanner.peek {
        case nil: self = .everything
        case "{": self = .json(try JSONPattern(&scanner))
        case "[": self = .fields(try FieldPattern(&scanner))
        default: self = .terms(try TermPattern(&scanner))
        }
    }

    /// Whether the pattern finds a message, given as its UTF-8 bytes.
    func matches(_ message: [UInt8]) -> Bool {
        switch self {
        case .everything: true
        case .terms(let pattern): pattern.matches(message)
        case .fields(let pattern): pattern.matches(message)
        case .json(let pattern): pattern.matches(message)
        }
    }
}
