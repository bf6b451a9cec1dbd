import ArgumentParser
import Platform
import Wire

/// `apus deploy`
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Make a function of a directory or a zip archive, or update it.",
        discussion: """
              apus deploy ./hello --name hello --runtime python3.12 --handler app.handler --url

            A new function needs --runtime and --handler. One that is there gets the new code, and changes in what the \
            options say. Standard output has the function's ARN, or with --url its URL.
            """)

    @Argument(help: "The directory or the zip archive.", completion: .file())
    var source: String

    @Option(help: "The function's name.")
    var name: String

    @Option(help: "Such as python3.12, nodejs20.x or provided.al2023.")
    var runtime: String?

    @Option(help: "What is called: app.handler, index.handler; for provided.* any word.")
    var handler: String?

    @Option(
        name: .customLong("env"), parsing: .singleValue,
        help: ArgumentHelp(
            "A variable of the function; repeat it for more. Replaces all that it has.",
            valueName: "key=value"))
    var variables: [String] = []

    @Option(help: "How long an invocation may take, in seconds.")
    var timeout: Int?

    @Option(help: "The function's memory, in MB.")
    var memory: Int?

    @Option(
        help: "The ARN of the role that the function acts with. (role/apus-default of the account)")
    var role: String?

    @Flag(help: "Give the function a URL that everybody may call, and print it.")
    var url = false

    @Flag(help: "Print the function's configuration as JSON, with Url where it has one.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        for variable in variables where !variable.dropFirst().contains("=") {
            throw ValidationError("--env: '\(variable)' is not of the form KEY=VALUE.")
        }
    }

    func run() async throws {
        let client = try options.client()
        let functions = FunctionClient(client)
        let archive = try FunctionPackage.archive(of: source)
        let isThere = try await functions.configuration(of: name) != nil
        Output.progress(
            "\(isThere ? "Updating" : "Creating") \(name): \(archive.count / 1024) KB of code")
        let code = Document.string(Base64.encode(archive))
        if isThere {
            try await functions.updateCode(of: name, ["ZipFile": code])
            if case .object(let members) = settings, !members.isEmpty {
                _ = try await functions.settled(name)
                try await functions.updateConfiguration(of: name, settings)
            }
        } else {
            try await functions.create(try await creation(code, client))
        }
        let function = try await functions.settled(name)
        let address = url ? try await functions.publicURL(of: name) : nil
        report(function, address)
    }

    /// What the options say of the function's configuration.
    private var settings: Document {
        var members: [String: Document] = [:]
        members["Runtime"] = runtime.map { .string($0) }
        members["Handler"] = handler.map { .string($0) }
        members["Role"] = role.map { .string($0) }
        members["Timeout"] = timeout.map { .integer(Int64($0)) }
        members["MemorySize"] = memory.map { .integer(Int64($0)) }
        if !variables.isEmpty {
            var environment: [String: Document] = [:]
            for variable in variables {
                let parts = variable.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                environment[String(parts[0])] = .string(String(parts[1]))
            }
            members["Environment"] = ["Variables": .object(environment)]
        }
        return .object(members)
    }

    private func creation(_ code: Document, _ client: ApusClient) async throws -> Document {
        guard runtime != nil, handler != nil else {
            throw ValidationError("\(name) is a new function, which needs --runtime and --handler.")
        }
        guard case .object(var members) = settings else { return [:] }
        members["FunctionName"] = .string(name)
        members["Code"] = ["ZipFile": code]
        if role == nil {
            members["Role"] = .string(
                "arn:aws:iam::\(try await client.account()):role/apus-default")
        }
        return .object(members)
    }

    private func report(_ function: Document, _ address: String?) {
        if json, case .object(var members) = function {
            members["Url"] = address.map { .string($0) }
            return Output.json(.object(members))
        }
        Output.line(address ?? function["FunctionArn"]?.stringValue ?? name)
    }
}
