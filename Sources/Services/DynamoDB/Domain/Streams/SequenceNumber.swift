/// The place of a record in its stream.
enum SequenceNumber {
    private static let digits = 20

    /// The number as clients see it: 21 digits, the least that the API takes.
    static func text(_ number: Int64) -> String {
        let digits = String(number)
        return "1" + String(repeating: "0", count: Self.digits - digits.utf8.count) + digits
    }

    /// Reads what `text` made; `nil` for anything else.
    static func number(_ text: String) -> Int64? {
        guard text.utf8.count == digits + 1, text.utf8.first == UInt8(ascii: "1") else {
            return nil
        }
        return Int64(text.dropFirst())
    }
}
