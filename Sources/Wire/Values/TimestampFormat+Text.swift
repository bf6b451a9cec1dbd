package import Platform

extension TimestampFormat {
    /// `instant` in this format. Milliseconds are written where there are any and the format has
    /// them.
    package func text(_ instant: Instant) -> String {
        let isWhole = instant.milliseconds % 1000 == 0
        switch self {
        case .epochSeconds: return Self.epochText(instant)
        case .iso8601: return isWhole ? instant.iso8601 : instant.iso8601Milliseconds
        case .httpDate: return instant.httpDate
        }
    }

    /// The instant that `text` names; `nil` where it names none. Any of the formats is read in the
    /// place of another, as AWS does.
    package func instant(_ text: String) -> Instant? {
        Instant(iso8601: text) ?? Instant(httpDate: text)
            ?? DoubleText.value(of: text).flatMap { Instant(epochSeconds: $0) }
    }

    private static func epochText(_ instant: Instant) -> String {
        let (seconds, milliseconds) = instant.milliseconds.magnitude
            .quotientAndRemainder(dividingBy: 1000)
        let sign = instant.milliseconds < 0 ? "-" : ""
        guard milliseconds != 0 else { return "\(sign)\(seconds)" }
        var digits = String(milliseconds + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(seconds).\(digits)"
    }
}

extension Instant {
    /// The instant `seconds` after the epoch, to the nearest millisecond; `nil` where it is out of
    /// range.
    package init?(epochSeconds seconds: Double) {
        // Past the year 9999 no format can write it.
        guard seconds.isFinite, seconds.magnitude < 253_402_300_800 else { return nil }
        self.init(milliseconds: Int64((seconds * 1000).rounded()))
    }
}
