/// A time as people write it: the proleptic Gregorian calendar, UTC.
package struct CivilTime: Equatable, Sendable {
    /// The year; 0 is 1 BC.
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int
    /// 0 to 23.
    package var hour: Int
    /// 0 to 59.
    package var minute: Int
    /// 0 to 59.
    package var second: Int
    /// 0 to 999.
    package var millisecond: Int

    /// Makes the time that is written so, or nil when there is no such day or hour.
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
        millisecond: Int = 0
    ) {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second),
            (0...999).contains(millisecond)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Makes the time that an instant is in UTC.
    package init(_ instant: Instant) {
        let (days, inDay) = instant.milliseconds.floored(by: 86_400_000)
        // Years are counted from 1 March, so that the leap day is the last; an era is 400 years.
        let (era, dayOfEra) = (days + 719_468).floored(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.year = Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))
        self.month = Int(month)
        self.day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        self.hour = Int(inDay / 3_600_000)
        self.minute = Int(inDay / 60_000 % 60)
        self.second = Int(inDay / 1_000 % 60)
        self.millisecond = Int(inDay % 1_000)
    }

    /// The instant that this time is in UTC.
    package var instant: Instant {
        let milliseconds = ((dayNumber * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
        return Instant(milliseconds: Int64(milliseconds + millisecond))
    }

    /// 0 is Sunday, 6 is Saturday.
    package var weekday: Int {
        Int(Int64(dayNumber + 4).floored(by: 7).remainder)
    }

    /// Days since 1970-01-01.
    private var dayNumber: Int {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Int64(shifted).floored(by: 400)
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int(era * 146_097 + dayOfEra - 719_468)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension Int64 {
    /// The quotient rounded down, and the remainder that is never negative.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
