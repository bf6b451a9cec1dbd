import ArgumentParser
import CLI

/// Runs Apus until it is told to stop.
struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start Apus, and serve until SIGINT or SIGTERM.")

    @OptionGroup var options: StartOptions

    func run() async throws {
        try await Assembly(options.configuration()).run()
    }
}
