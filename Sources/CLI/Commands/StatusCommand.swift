import ArgumentParser
import Wire

/// `apus status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell whether Apus runs, where, and what it serves.",
        discussion: "The exit status is 0 where Apus runs, and 1 where nothing answers.")

    @OptionGroup var options: ClientOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let client = try options.client()
        let health = try await client.admin(.get, "/_apus/health")
        if json { return Output.json(health) }
        let version = health["version"]?.stringValue ?? ""
        let uptime = DurationText.text(seconds: health["uptimeSeconds"]?.integerValue ?? 0)
        Output.line(
            "Apus \(version) is \(Output.styled("running", .green)) at \(client.settings.endpoint) (up \(uptime))"
        )
        if case .object(let services)? = health["services"] {
            Output.line("Services: \(services.keys.sorted().joined(separator: ", "))")
        }
    }
}
