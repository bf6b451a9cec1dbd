import ArgumentParser
import CLI

/// The command line: `start` is Apus itself, the other commands are clients of one that runs.
@main
struct Apus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "A serverless cloud in one binary, behind the AWS wire protocols.",
        version: Version.current,
        subcommands: [Start.self] + ClientCommands.all)
}
