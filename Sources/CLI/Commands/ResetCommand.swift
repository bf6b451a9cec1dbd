import ArgumentParser

/// `apus reset`
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Delete everything in Apus: every function, log, role and API of every account.",
        discussion:
            "Only an Apus with development keys lets itself be emptied. It takes a few milliseconds."
    )

    @OptionGroup var options: ClientOptions

    func run() async throws {
        _ = try await options.client().admin(.post, "/_apus/reset")
        Output.progress("Apus is empty.")
    }
}
