import ArgumentParser

/// `apus env`
struct EnvCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Print the variables that point SDKs and the AWS CLI at Apus.",
        discussion: """
            Every AWS SDK and the AWS CLI understand them:

              eval "$(apus env)"
              aws lambda list-functions
            """)

    @OptionGroup var options: ClientOptions

    @Option(help: "What to write for: bash (and zsh), fish or json.")
    var shell = Shell.bash

    func run() async throws {
        let settings = try options.client().settings
        Output.line(
            shell.text([
                ("AWS_ENDPOINT_URL", settings.endpoint.description),
                ("AWS_ACCESS_KEY_ID", settings.accessKeyID),
                ("AWS_SECRET_ACCESS_KEY", settings.secretAccessKey),
                ("AWS_REGION", settings.region),
                ("AWS_DEFAULT_REGION", settings.region),
            ]))
    }
}
