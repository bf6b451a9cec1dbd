/// Durations as people write them: `90s`, `10m`, `1h30m`, `2d`, `1w`.
enum DurationText {
    private static let unitSeconds: [Character: Double] = [
        "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
    ]

    /// The seconds that `text` says; `nil` where it says none. A number alone counts seconds.
    static func seconds(_ text: String) -> Double? {
        if let seconds = number(text) { return seconds }
        var total = 0.0
        var digits = ""
        for character in text {
            if let unit = unitSeconds[character] {
                guard let count = number(digits) else { return nil }
                total += count * unit
                digits = ""
            } else {
                digits.append(character)
            }
        }
        return digits.isEmpty && !text.isEmpty ? total : nil
    }

    /// `1d 2h`, `3m 20s`: the two largest units.
    static func text(seconds: Int64) -> String {
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
        var rest = seconds
        var parts: [String] = []
        for (size, name) in units where rest >= size || (size == 1 && parts.isEmpty) {
            parts.append("\(rest / size)\(name)")
            rest %= size
        }
        return parts.prefix(2).joined(separator: " ")
    }

    /// A number without sign, exponent or names such as `inf`.
    private static func number(_ text: String) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 || $0 == UInt8(ascii: ".") })
        else {
            return nil
        }
        return Double(text)
    }
}
