import Platform

/// A cron expression of six fields: minutes, hours, day of the month, month, day of the week, year.
///
/// It takes `*`, `?`, numbers, names of months and days, lists, ranges and steps; `L` (the last day) and `W` (the nearest
/// workday) in days of the month; `L` (the last one) and `#` (the one of this number) in days of the week.
struct CronExpression: Sendable {
    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    private let minutes: [Int]
    private let hours: [Int]
    private let months: Set<Int>
    private let years: Set<Int>
    private let days: DayOfMonth
    private let weekdays: DayOfWeek

    private enum DayOfMonth: Sendable {
        case any
        case numbers(Set<Int>)
        case last
        case workdayNear(Int)
    }

    private enum DayOfWeek: Sendable {
        case any
        /// From 1, which is Sunday.
        case numbers(Set<Int>)
        case last(Int)
        case nth(Int, Int)
    }

    /// Reads the fields; `nil` where they are none.
    init?(_ text: some StringProtocol) {
        let fields = text.uppercased().split(separator: " ").map(String.init)
        guard fields.count == 6, let minutes = Self.numbers(fields[0], in: 0...59),
            let hours = Self.numbers(fields[1], in: 0...23),
            let months = Self.numbers(fields[3], in: 1...12, names: Self.months),
            let years = Self.numbers(fields[5], in: 1970...2199),
            let days = Self.dayOfMonth(fields[2]), let weekdays = Self.dayOfWeek(fields[4])
        else { return nil }
        self.minutes = minutes.sorted()
        self.hours = hours.sorted()
        self.months = months
        self.years = years
        self.days = days
        self.weekdays = weekdays
    }

    /// The first time after `time`; `nil` where none comes soon.
    func next(after time: Instant) -> Instant? {
        let start = CivilTime(time)
        guard
            let midnight = CivilTime(
                year: start.year, month: start.month, day: start.day, hour: 0, minute: 0,
                second: 0, millisecond: 0)?.instant
        else { return nil }
        for offset in 0..<SecretsManagerLimits.scheduleHorizonDays {
            let day = midnight + .seconds(offset * 86_400)
            guard matches(CivilTime(day)) else { continue }
            for hour in hours {
                for minute in minutes {
                    let candidate = day + .seconds(hour * 3600 + minute * 60)
                    if candidate > time { return candidate }
                }
            }
        }
        return nil
    }

    private func matches(_ day: CivilTime) -> Bool {
        guard months.contains(day.month), years.contains(day.year) else { return false }
        let length = Self.days(of: day.month, in: day.year)
        let weekday = day.weekday + 1
        let fitsMonth =
            switch days {
            case .any: true
            case .numbers(let numbers): numbers.contains(day.day)
            case .last: day.day == length
            case .workdayNear(let wanted):
                day.day == Self.workday(near: min(wanted, length), day, length: length)
            }
        let fitsWeek =
            switch weekdays {
            case .any: true
            case .numbers(let numbers): numbers.contains(weekday)
            case .last(let wanted): weekday == wanted && day.day > length - 7
            case .nth(let wanted, let count): weekday == wanted && (day.day + 6) / 7 == count
            }
        return fitsMonth && fitsWeek
    }

    /// The workday nearest to a day of the month, within the month.
    private static func workday(near wanted: Int, _ day: CivilTime, length: Int) -> Int {
        // The weekday of `wanted`, from 0, which is Sunday.
        let weekday = ((day.weekday + wanted - day.day) % 7 + 7) % 7
        switch weekday {
        case 0: return wanted == length ? wanted - 2 : wanted + 1
        case 6: return wanted == 1 ? wanted + 2 : wanted - 1
        default: return wanted
        }
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && year % 100 != 0 || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func dayOfMonth(_ text: String) -> DayOfMonth? {
        if text == "*" || text == "?" { return .any }
        if text == "L" { return .last }
        if text.hasSuffix("W") {
            guard let day = Int(text.dropLast()), (1...31).contains(day) else { return nil }
            return .workdayNear(day)
        }
        return numbers(text, in: 1...31).map { .numbers($0) }
    }

    private static func dayOfWeek(_ text: String) -> DayOfWeek? {
        if text == "*" || text == "?" { return .any }
        let parts = text.split(separator: "#")
        if parts.count == 2 {
            guard let day = number(String(parts[0]), in: 1...7, names: weekdays),
                let count = Int(parts[1]), (1...5).contains(count)
            else { return nil }
            return .nth(day, count)
        }
        if text.count > 1, text.hasSuffix("L") {
            return number(String(text.dropLast()), in: 1...7, names: weekdays).map { .last($0) }
        }
        return numbers(text, in: 1...7, names: weekdays).map { .numbers($0) }
    }

    /// The numbers that a list of numbers, ranges and steps names.
    private static func numbers(
        _ text: String, in range: ClosedRange<Int>, names: [String] = []
    ) -> Set<Int>? {
        var numbers: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false).map(
                String.init)
            guard halves.count <= 2, let first = halves.first else { return nil }
            let step = halves.count == 2 ? Int(halves[1]) ?? 0 : 1
            let ends = first.split(separator: "-").map(String.init)
            var bounds = range
            if first != "*" {
                guard (1...2).contains(ends.count),
                    let low = number(ends[0], in: range, names: names),
                    let high = ends.count == 2
                        ? number(ends[1], in: range, names: names)
                        : halves.count == 2 ? range.upperBound : low,
                    low <= high
                else { return nil }
                bounds = low...high
            }
            guard step > 0 else { return nil }
            numbers.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return numbers
    }

    private static func number(
        _ text: String, in range: ClosedRange<Int>, names: [String]
    ) -> Int? {
        let number = Int(text) ?? names.firstIndex(of: text).map { $0 + 1 }
        return number.flatMap { range.contains($0) ? $0 : nil }
    }
}
