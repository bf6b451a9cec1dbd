import Platform
import Testing

@Suite("Times as text")
struct InstantTextTests {
    static let times: [(milliseconds: Int64, iso8601: String, httpDate: String)] = [
        (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_769_903_999_042, "2026-01-31T23:59:59.042Z", "Sat, 31 Jan 2026 23:59:59 GMT"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z", "Wed, 01 Mar 2000 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-2_203_977_600_000, "1900-02-28T00:00:00.000Z", "Wed, 28 Feb 1900 00:00:00 GMT"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        (784_111_777_000, "1994-11-06T08:49:37.000Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ]

    @Test("a time is written and read", arguments: times)
    func writeAndRead(milliseconds: Int64, iso8601: String, httpDate: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.iso8601Milliseconds == iso8601)
        #expect(instant.httpDate == httpDate)
        #expect(instant.commonLogFormat.hasSuffix(":\(httpDate.dropFirst(17).prefix(8)) +0000"))
        #expect(Instant(iso8601: iso8601) == instant)
        #expect(Instant(httpDate: httpDate)?.seconds == instant.seconds)
        #expect(Instant(iso8601: instant.iso8601)?.seconds == instant.seconds)
        #expect(Instant(iso8601: instant.iso8601Basic)?.seconds == instant.seconds)
    }

    static let readable: [(text: String, milliseconds: Int64)] = [
        ("2015-08-30T12:36:00Z", 1_440_938_160_000),
        ("20150830T123600Z", 1_440_938_160_000),
        ("2015-08-30t12:36:00z", 1_440_938_160_000),
        ("2015-08-30T14:36:00+02:00", 1_440_938_160_000),
        ("2015-08-30T09:06:00-0330", 1_440_938_160_000),
        ("2015-08-30T12:36:00.5Z", 1_440_938_160_500),
        ("2015-08-30T12:36:00.123456789Z", 1_440_938_160_123),
    ]

    @Test("the forms of ISO 8601 that clients send are read", arguments: readable)
    func read(text: String, milliseconds: Int64) {
        #expect(Instant(iso8601: text) == Instant(milliseconds: milliseconds))
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "Z", "2015", "2015-08-30", "2015-08-30T12:36:00", "2015-13-30T12:36:00Z",
            "2015-02-29T12:36:00Z", "2015-08-30T24:00:00Z", "2015-08-30T12:60:00Z",
            "2015-08-30T12:36:00.Z", "2015-08-30T12:36:00Zx", "2015-0830T12:36:00Z",
            "2015-08-30T12:36:00+25:00", "٢٠١٥-08-30T12:36:00Z", "-015-08-30T12:36:00Z",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun 06 Nov 1994 08:49:37 GMT",
        ])
    func refused(text: String) {
        #expect(Instant(iso8601: text) == nil)
        #expect(Instant(httpDate: text) == nil)
    }

    @Test("every day of eight centuries comes back, and weeks have seven days")
    func calendar() {
        var before = CivilTime(Instant(seconds: -400 * 31_556_952))
        for day in 1...(800 * 365) {
            let instant: Instant = before.instant + .seconds(86_400)
            let time = CivilTime(instant)
            guard time.instant == instant, time.weekday == (before.weekday + 1) % 7 else {
                Issue.record("day \(day): \(before) is followed by \(time)")
                return
            }
            before = time
        }
    }

    @Test(
        "seconds are rounded down, also before 1970",
        arguments: [(1_999, 1), (-1, -1), (-1_000, -1), (0, 0)])
    func seconds(milliseconds: Int64, seconds: Int64) {
        #expect(Instant(milliseconds: milliseconds).seconds == seconds)
    }
}
