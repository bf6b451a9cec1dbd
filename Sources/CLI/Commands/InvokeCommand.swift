import ArgumentParser
import Wire

/// `apus invoke`
struct InvokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke", abstract: "Invoke a function and print what it answers.",
        discussion: """
            The exit status is 1 where the function failed.

              apus invoke hello --payload '{"name": "Ada"}'
              apus invoke hello --payload @event.json --log
              jq -n '{a: 1}' | apus invoke hello --payload -
            """)

    @Argument(help: "The function's name or ARN.")
    var name: String

    @Option(help: "The event as JSON; @FILE reads it from a file, - from standard input.")
    var payload = "{}"

    @Option(help: "A version or an alias.")
    var qualifier: String?

    @Flag(help: "Print the last 4 KB of the function's log to standard error.")
    var log = false

    @Flag(
        help: "Print one JSON object: statusCode, functionError, executedVersion, payload and log.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await FunctionClient(options.client()).invoke(
            name, qualifier: qualifier, payload: try InputText.bytes(payload), withLog: log || json)
        let failure = answer.header("x-amz-function-error")
        let tail = answer.header("x-amz-log-result")
            .flatMap { Base64.decode($0.utf8) }.map { String(decoding: $0, as: UTF8.self) }
        if json {
            Output.json(object(answer, failure: failure, log: tail))
        } else {
            if let tail { Output.note(tail) }
            Output.line(String(decoding: answer.body, as: UTF8.self))
            if let failure { Output.note("The function failed (\(failure)).") }
        }
        if failure != nil { throw ExitCode.failure }
    }

    private func object(_ answer: HTTPAnswer, failure: String?, log: String?) -> Document {
        var members: [String: Document] = ["statusCode": .integer(Int64(answer.status))]
        members["functionError"] = failure.map { .string($0) }
        members["executedVersion"] = answer.header("x-amz-executed-version").map { .string($0) }
        members["log"] = log.map { .string($0) }
        members["payload"] =
            (try? Document(json: answer.body))
            ?? .string(String(decoding: answer.body, as: UTF8.self))
        return .object(members)
    }
}
