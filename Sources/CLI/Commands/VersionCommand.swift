import ArgumentParser

/// `apus version`
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version of this binary.")

    func run() async throws {
        Output.line(Version.current)
    }
}
