extension Instant {
    /// `2026-01-31T23:59:59Z`, the milliseconds dropped.
    package var iso8601: String {
        let time = CivilTime(self)
        return "\(Self.date(time))T\(Self.clock(time))Z"
    }

    /// `2026-01-31T23:59:59.042Z`
    package var iso8601Milliseconds: String {
        let time = CivilTime(self)
        return "\(Self.date(time))T\(Self.clock(time)).\(Self.padded(time.millisecond, 3))Z"
    }

    /// `20260131T235959Z`, as signatures carry it.
    package var iso8601Basic: String {
        String(iso8601.filter { $0 != "-" && $0 != ":" })
    }

    /// `Sat, 31 Jan 2026 23:59:59 GMT`, as HTTP headers carry it (RFC 9110, section 5.6.7).
    package var httpDate: String {
        let time = CivilTime(self)
        let (day, month) = (Self.weekdays[time.weekday], Self.months[time.month - 1])
        let date = "\(Self.padded(time.day, 2)) \(month) \(Self.padded(time.year, 4))"
        return "\(day), \(date) \(Self.clock(time)) GMT"
    }

    /// `31/Jan/2026:23:59:59 +0000`, as web servers' logs have it.
    package var commonLogFormat: String {
        let time = CivilTime(self)
        let date = "\(Self.padded(time.day, 2))/\(Self.months[time.month - 1])"
        return "\(date)/\(Self.padded(time.year, 4)):\(Self.clock(time)) +0000"
    }

    /// Reads what `iso8601`, `iso8601Milliseconds` and `iso8601Basic` write, with any fraction of a
    /// second, and with `Z` or an offset such as `+02:00`; nil when `text` is something else. Finer
    /// than a millisecond is dropped.
    package init?(iso8601 text: String) {
        var reader = Reader(text)
        guard let year = reader.number(4) else { return nil }
        let isExtended = reader.skip("-")
        guard let month = reader.number(2), reader.skip("-") == isExtended,
            let day = reader.number(2), reader.skip("T") || reader.skip("t"),
            let hour = reader.number(2), reader.skip(":") == isExtended,
            let minute = reader.number(2), reader.skip(":") == isExtended,
            let second = reader.number(2), let millisecond = reader.fraction(),
            let offsetMinutes = reader.offset(), reader.isAtEnd,
            let time = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                millisecond: millisecond)
        else { return nil }
        self = time.instant - .seconds(offsetMinutes * 60)
    }

    /// Reads what `httpDate` writes; nil when `text` is something else.
    package init?(httpDate text: String) {
        var reader = Reader(text)
        guard reader.word(of: Self.weekdays) != nil, reader.skip(","), reader.skip(" "),
            let day = reader.number(2), reader.skip(" "),
            let month = reader.word(of: Self.months), reader.skip(" "),
            let year = reader.number(4), reader.skip(" "),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
            reader.skip(":"), let second = reader.number(2), reader.skip(" "),
            reader.word(of: ["GMT"]) != nil, reader.isAtEnd,
            let time = CivilTime(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        self = time.instant
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func date(_ time: CivilTime) -> String {
        "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
    }

    private static func clock(_ time: CivilTime) -> String {
        "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Takes a text apart from its front.
    private struct Reader {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = text[...].utf8 }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ digits: Int) -> Int? {
            var number = 0
            for _ in 0..<digits {
                guard let digit = self.digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        mutating func word(of words: [String]) -> Int? {
            guard let index = words.firstIndex(where: { rest.starts(with: $0.utf8) }) else {
                return nil
            }
            rest.removeFirst(words[index].utf8.count)
            return index
        }

        /// The milliseconds of a fraction, 0 where there is none, nil where it has no digit.
        mutating func fraction() -> Int? {
            guard skip(".") else { return 0 }
            var (milliseconds, place) = (0, 100)
            guard let first = digit() else { return nil }
            milliseconds = first * place
            while let digit = self.digit() {
                place /= 10
                milliseconds += digit * place
            }
            return milliseconds
        }

        /// `Z`, `+hh:mm` or `+hhmm`, in minutes.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let isNegative = skip("-")
            guard isNegative || skip("+"), let hours = number(2) else { return nil }
            _ = skip(":")
            guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
            return (isNegative ? -1 : 1) * (hours * 60 + minutes)
        }

        private mutating func digit() -> Int? {
            guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            else { return nil }
            rest.removeFirst()
            return Int(byte - UInt8(ascii: "0"))
        }
    }
}
