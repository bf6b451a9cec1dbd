import Platform
import S3Model
import Wire

/// When objects expire or change their storage class.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html>
enum LifecycleRules {
    private static let day = Duration.seconds(86_400)

    // MARK: - Validity

    /// Reads the rules that are to be a bucket's; those without an identifier get one.
    ///
    /// - Throws: `MalformedXML`, `InvalidArgument`, `InvalidRequest`.
    static func checked(_ rules: [LifecycleRule], now: Instant) throws -> [LifecycleRule] {
        guard (1...S3Limits.lifecycleRules).contains(rules.count) else {
            throw S3Failure.malformedXML
        }
        var (checked, seen): ([LifecycleRule], Set<String>) = ([], [])
        for (index, rule) in rules.enumerated() {
            var rule = rule
            let id =
                rule.id.flatMap { $0.isEmpty ? nil : $0 } ?? "rule-\(now.milliseconds)-\(index)"
            guard id.unicodeScalars.count <= 255 else {
                throw S3Failure.argument(
                    "ID length should not exceed allowed limit of 255", "ID", id)
            }
            guard seen.insert(id).inserted else {
                throw S3Failure.argument(
                    "Rule ID must be unique. Found same ID for more than one rule", "ID", id)
            }
            rule.id = id
            try check(rule)
            checked.append(rule)
        }
        return checked
    }

    private static func check(_ rule: LifecycleRule) throws {
        guard ["Enabled", "Disabled"].contains(rule.status),
            (rule.filter == nil) != (rule.prefix == nil)
        else { throw S3Failure.malformedXML }
        if let filter = rule.filter {
            let parts = [
                filter.prefix != nil, filter.tag != nil, filter.objectSizeGreaterThan != nil,
                filter.objectSizeLessThan != nil, filter.and != nil,
            ]
            guard parts.count(where: { $0 }) <= 1 else { throw S3Failure.malformedXML }
        }
        guard
            rule.expiration != nil || rule.transitions?.isEmpty == false
                || rule.noncurrentVersionExpiration != nil
                || rule.noncurrentVersionTransitions?.isEmpty == false
                || rule.abortIncompleteMultipartUpload != nil
        else {
            throw S3Failure.invalidRequest("At least one action needs to be specified in a rule")
        }
        if let expiration = rule.expiration { try check(expiration) }
        for transition in rule.transitions ?? [] {
            guard (transition.days == nil) != (transition.date == nil),
                transition.storageClass != nil
            else { throw S3Failure.malformedXML }
            try checkMidnight(transition.date)
        }
        for transition in rule.noncurrentVersionTransitions ?? [] {
            guard transition.noncurrentDays != nil, transition.storageClass != nil else {
                throw S3Failure.malformedXML
            }
        }
        if let days = rule.noncurrentVersionExpiration?.noncurrentDays, days <= 0 {
            throw S3Failure.argument(
                "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
                "NoncurrentDays", String(days))
        }
        if let abort = rule.abortIncompleteMultipartUpload {
            guard let days = abort.daysAfterInitiation, days > 0 else {
                throw S3Failure.argument(
                    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
                    "DaysAfterInitiation", String(abort.daysAfterInitiation ?? 0))
            }
            guard LifecycleFilter(rule).tags.isEmpty else {
                throw S3Failure.invalidRequest(
                    "AbortIncompleteMultipartUpload cannot be specified with Tags.")
            }
        }
    }

    private static func check(_ expiration: LifecycleExpiration) throws {
        let given = [
            expiration.days != nil, expiration.date != nil,
            expiration.expiredObjectDeleteMarker != nil,
        ]
        guard given.count(where: { $0 }) == 1 else { throw S3Failure.malformedXML }
        if let days = expiration.days, days <= 0 {
            throw S3Failure.argument(
                "'Days' for Expiration action must be a positive integer", "Days", String(days))
        }
        try checkMidnight(expiration.date)
    }

    private static func checkMidnight(_ date: Instant?) throws {
        guard let date, date.milliseconds % day.wholeMilliseconds != 0 else { return }
        throw S3Failure.argument("'Date' must be at midnight GMT", "Date", date.iso8601Milliseconds)
    }

    // MARK: - Times

    /// The midnight that ends the day on which so many days have passed since `instant`.
    static func midnight(after days: Int, from instant: Instant) -> Instant {
        let unit = day.wholeMilliseconds
        let due = instant.milliseconds + Int64(days) * unit
        return Instant(milliseconds: (due + unit - 1) / unit * unit)
    }

    /// The midnight after `now`, when the rules are applied next.
    static func nextRun(after now: Instant) -> Instant {
        midnight(after: 0, from: Instant(milliseconds: now.milliseconds + 1))
    }

    /// When the newest version of an object expires, and by which rule.
    static func expiration(of object: ObjectRecord, by rules: [LifecycleRule]) -> (
        time: Instant, rule: String
    )? {
        rules.compactMap { rule -> (time: Instant, rule: String)? in
            guard rule.status == "Enabled", LifecycleFilter(rule).matches(object),
                let expiration = rule.expiration
            else { return nil }
            if let date = expiration.date { return (date, rule.id ?? "") }
            return expiration.days.map {
                (midnight(after: $0, from: object.modified), rule.id ?? "")
            }
        }.min { $0.time < $1.time }
    }

    /// The storage class that a version has by now, by the transitions of its rules; nil where none is due.
    static func storageClass(
        of object: ObjectRecord, noncurrentSince: Instant?, newerVersions: Int,
        by rules: [LifecycleRule], now: Instant
    ) -> String? {
        var due: (time: Instant, storageClass: String)?
        func offer(_ time: Instant, _ storageClass: String?) {
            guard let storageClass, time <= now, time >= due?.time ?? time else { return }
            due = (time, storageClass)
        }
        for rule in rules where rule.status == "Enabled" && LifecycleFilter(rule).matches(object) {
            if let noncurrentSince {
                for transition in rule.noncurrentVersionTransitions ?? []
                where newerVersions >= transition.newerNoncurrentVersions ?? 0 {
                    offer(
                        midnight(after: transition.noncurrentDays ?? 0, from: noncurrentSince),
                        transition.storageClass)
                }
            } else {
                for transition in rule.transitions ?? [] {
                    offer(
                        transition.date
                            ?? midnight(after: transition.days ?? 0, from: object.modified),
                        transition.storageClass)
                }
            }
        }
        guard let due, StorageClassOrder.isColder(due.storageClass, than: object.storageClass)
        else {
            return nil
        }
        return due.storageClass
    }
}

/// Which objects a lifecycle rule is for.
struct LifecycleFilter: Sendable {
    let prefix: [UInt8]
    let tags: [ObjectTag]
    let greaterThan: Int64?
    let lessThan: Int64?

    init(_ rule: LifecycleRule) {
        let (filter, and) = (rule.filter, rule.filter?.and)
        prefix = Array((rule.prefix ?? filter?.prefix ?? and?.prefix ?? "").utf8)
        let tags = (filter?.tag.map { [$0] } ?? []) + (and?.tags ?? [])
        self.tags = tags.map { ObjectTag(key: $0.key, value: $0.value) }
        greaterThan = (filter?.objectSizeGreaterThan ?? and?.objectSizeGreaterThan).map {
            Int64($0)
        }
        lessThan = (filter?.objectSizeLessThan ?? and?.objectSizeLessThan).map { Int64($0) }
    }

    func matches(_ object: ObjectRecord) -> Bool {
        object.key.starts(with: prefix) && tags.allSatisfy(object.details.tags.contains)
            && object.size > greaterThan ?? -1 && object.size < lessThan ?? .max
    }
}

/// The storage classes from warm to cold: a transition only goes down.
enum StorageClassOrder {
    private static let order = [
        "STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER",
        "DEEP_ARCHIVE",
    ]

    static func isColder(_ storageClass: String, than other: String) -> Bool {
        (order.firstIndex(of: storageClass) ?? 0) > (order.firstIndex(of: other) ?? 0)
    }
}
