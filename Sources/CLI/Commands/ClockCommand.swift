import ArgumentParser
import Wire

/// `apus clock`
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Show or move the clock of Apus.",
        discussion: """
            Everything that waits in Apus waits for this clock: schedules, timeouts, retries, \
            expirations. Moved ahead, it sets all of them off in their order.
            """,
        subcommands: [Show.self, Advance.self], defaultSubcommand: Show.self)

    /// `apus clock show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the time that it is in Apus.")

        @OptionGroup var options: ClientOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            ClockCommand.print(try await options.client().admin(.get, "/_apus/clock"), json: json)
        }
    }

    /// `apus clock advance`
    struct Advance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Move the clock ahead.")

        @Argument(help: "How far: 90s, 10m, 1h30m, 1d, 2w.")
        var duration: String

        @OptionGroup var options: ClientOptions

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            guard DurationText.seconds(duration) != nil else {
                throw ValidationError(
                    "'\(duration)' is no duration; use one such as 90s, 10m, 1h30m or 1d.")
            }
        }

        func run() async throws {
            let seconds = DurationText.seconds(duration) ?? 0
            ClockCommand.print(
                try await options.client().admin(
                    .post, "/_apus/clock", ["advance": .number(seconds)]),
                json: json)
        }
    }

    private static func print(_ clock: Document, json: Bool) {
        if json { return Output.json(clock) }
        let ahead: Double =
            switch clock["aheadSeconds"] {
            case .number(let seconds)?: seconds
            case .integer(let seconds)?: Double(seconds)
            default: 0
            }
        let note = ahead < 1 ? "" : " (\(DurationText.text(seconds: Int64(ahead))) ahead)"
        Output.line((clock["now"]?.stringValue ?? "") + Output.styled(note, .dim))
    }
}
