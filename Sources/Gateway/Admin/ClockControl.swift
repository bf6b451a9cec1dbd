import Platform
import Wire

/// Shows and moves the virtual clock.
struct ClockControl: Sendable {
    /// The furthest that one call moves the clock: ten years, so that a slip of a digit leaves dates that can be written.
    private static let maximumSeconds: Double = 10 * 366 * 86_400
    private static let unitSeconds: [Character: Double] = [
        "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
    ]

    let clock: any Clock
    let isAllowed: Bool

    /// `GET /_apus/clock`
    var document: Document {
        let now = clock.now
        return [
            "now": .string(now.iso8601Milliseconds),
            "epochMilliseconds": .integer(now.milliseconds),
            "aheadSeconds": .number(Double((now - clock.machineTime).wholeMilliseconds) / 1000),
        ]
    }

    /// `POST /_apus/clock` with `{"advance": "1d"}` or `{"advance": 90}`, in seconds.
    ///
    /// - Throws: `AWSError`: 403 outside the development profile, 400 where it says no duration.
    func move(_ order: Document) throws -> Document {
        guard isAllowed else {
            throw AWSError(
                "AccessDenied", "Only the development profile's clock can be moved.", status: 403)
        }
        guard let seconds = order["advance"].flatMap(Self.seconds),
            (0...Self.maximumSeconds).contains(seconds)
        else {
            throw AWSError(
                "ValidationException",
                "advance must be a number of seconds, or a number and one of s, m, h, d and w, up to ten years.",
                status: 400)
        }
        clock.advance(by: .milliseconds(Int64(seconds * 1000)))
        return document
    }

    private static func seconds(_ value: Document) -> Double? {
        switch value {
        case .integer(let seconds): return Double(seconds)
        case .number(let seconds): return seconds
        case .string(let text):
            if let seconds = Double(text) { return seconds }
            guard let unit = text.last.flatMap({ unitSeconds[$0] }) else { return nil }
            return Double(text.dropLast()).map { $0 * unit }
        default: return nil
        }
    }
}
