import ArgumentParser
import Glibc
import Platform
import Wire

/// `apus logs`
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print the log of a function, and follow it.",
        discussion: """
              apus logs hello --follow
              apus logs hello --since 2h --filter '?ERROR ?Exception'

            NAME is a function, or the name of a log group, which begins with a slash.
            """)

    @Argument(help: "The function, or a log group.")
    var name: String

    @Flag(name: .shortAndLong, help: "Go on as more is logged, until interrupted.")
    var follow = false

    @Option(help: "How far back: 90s, 10m, 2h, 7d.")
    var since = "10m"

    @Option(help: "Print only what matches this filter pattern of CloudWatch Logs.")
    var filter: String?

    @Flag(help: "Print each event as a JSON object on a line of its own.")
    var json = false

    @OptionGroup var options: ClientOptions

    private static let pollSeconds = 0.5

    func validate() throws {
        guard DurationText.seconds(since) != nil else {
            throw ValidationError(
                "--since: '\(since)' is no duration; use one such as 90s, 10m, 2h or 7d.")
        }
    }

    func run() async throws {
        let client = try options.client()
        let clock = try await client.admin(.get, "/_apus/clock")
        let now = clock["epochMilliseconds"]?.integerValue ?? 0
        let back = Int64((DurationText.seconds(since) ?? 0) * 1000)
        let group = name.hasPrefix("/") ? name : "/aws/lambda/\(name)"
        var reader = LogReader(client: client, group: group, filter: filter, start: now - back)
        // Ctrl-C is how following ends: nothing has failed.
        if follow { signal(SIGINT) { _ in _exit(0) } }
        while true {
            try await reader.next(mayBeMissing: follow) { event in
                json ? Output.json(event) : Output.line(Self.text(event))
            }
            guard follow else { return }
            try await Task.sleep(for: .seconds(Self.pollSeconds))
        }
    }

    private static func text(_ event: Document) -> String {
        let time = Instant(milliseconds: event["timestamp"]?.integerValue ?? 0).iso8601Milliseconds
        var message = event["message"]?.stringValue ?? ""
        while message.last?.isNewline == true { message.removeLast() }
        return "\(Output.styled(time, .dim)) \(message)"
    }
}
