import Platform
import SecretsManagerModel
import Wire

/// When a secret is rotated: every so many days or hours, or at the times of a cron expression, in UTC.
///
/// Source: "Schedule expressions in Secrets Manager rotation" in the Secrets Manager User Guide.
enum RotationSchedule: Sendable {
    case every(Duration)
    case cron(CronExpression)

    /// Reads the rules of a secret; `nil` where it has none.
    ///
    /// - Throws: `InvalidParameterException`.
    init?(days: Int?, schedule: String?) throws {
        guard days == nil || schedule == nil else {
            throw SecretFailure.parameter(
                "You can't specify both AutomaticallyAfterDays and ScheduleExpression.")
        }
        if let days {
            guard SecretsManagerLimits.rotationDays.contains(days) else {
                throw SecretFailure.parameter(
                    "RotationRules.AutomaticallyAfterDays must be within 1-1000.")
            }
            self = .every(.seconds(days * 86_400))
        } else if let schedule {
            try self.init(expression: schedule)
        } else {
            return nil
        }
    }

    private init(expression: String) throws {
        guard expression.hasSuffix(")"), let open = expression.firstIndex(of: "(") else {
            throw Self.invalid
        }
        let content = expression[expression.index(after: open)...].dropLast()
        switch expression[..<open] {
        case "rate":
            let words = content.split(separator: " ")
            guard words.count == 2, let count = Int(words[0]), count > 0 else { throw Self.invalid }
            let isInDays = ["day", "days"].contains(words[1])
            let isInHours = ["hour", "hours"].contains(words[1])
            guard
                isInDays && SecretsManagerLimits.rotationDays.contains(count)
                    || isInHours && count >= SecretsManagerLimits.leastRotationHours
            else { throw Self.invalid }
            self = .every(.seconds(count * (isInDays ? 86_400 : 3600)))
        case "cron":
            guard let cron = CronExpression(content) else { throw Self.invalid }
            self = .cron(cron)
        default: throw Self.invalid
        }
    }

    private static let invalid = SecretFailure.parameter("The ScheduleExpression is not valid.")

    /// The first time after `time`; `nil` where the schedule is over.
    func next(after time: Instant) -> Instant? {
        switch self {
        case .every(let duration): time + duration
        case .cron(let expression): expression.next(after: time)
        }
    }
}
