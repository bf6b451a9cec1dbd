/// The token that `PutLogEvents` answers for the next batch. Nothing reads it any more, but old
/// clients want to see one.
enum SequenceToken {
    /// The token after the event of this sequence: 56 digits, as AWS writes it.
    static func text(_ sequence: Int64) -> String {
        let digits = String(sequence)
        return "49" + String(repeating: "0", count: 54 - digits.utf8.count) + digits
    }
}
