import ArgumentParser
import Wire

/// `apus iam`
struct IAMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iam", abstract: "Ask why something was denied, and what would allow it.",
        subcommands: [Explain.self, Advise.self])

    /// `apus iam explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell how a request was decided, and by which policy and statement.")

        @Argument(help: "The request's identifier, which every answer has (x-amzn-RequestId).")
        var requestID: String

        @OptionGroup var options: ClientOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let answer = try await options.client().confidential(
                "/_apus/iam/explain", ["requestId": .string(requestID)])
            if json { return Output.json(answer) }
            guard case .array(let decisions)? = answer["decisions"] else { return }
            for decision in decisions { print(decision) }
        }

        private func print(_ decision: Document) {
            func text(_ name: String) -> String { decision[name]?.stringValue ?? "" }
            let isAllowed = decision["allowed"]?.booleanValue ?? false
            let isEnforced = decision["enforced"]?.booleanValue ?? false
            let verdict =
                isAllowed ? "allowed" : isEnforced ? "denied" : "would be denied (advice only)"
            Output.line(Output.styled(verdict, isAllowed ? .green : .red))
            Output.line("  principal  \(text("principal"))")
            Output.line("  action     \(text("action"))")
            Output.line("  resource   \(text("resource"))")
            if let statement = decision["statement"]?.integerValue {
                let sid = decision["sid"]?.stringValue.map { ", \"\($0)\"" } ?? ""
                Output.line(
                    "  because    statement \(statement + 1)\(sid) of the \(text("policyType")) "
                        + "\(text("policy")) \(isAllowed ? "allows" : "denies") it")
            } else if !isAllowed {
                Output.line("  because    no \(text("missing")) allows it")
            }
        }
    }

    /// `apus iam advise`
    struct Advise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the least policy that allows what a role or user did.")

        @Argument(help: "The role's name, or the ARN of a role or user.")
        var principal: String

        @OptionGroup var options: ClientOptions

        func run() async throws {
            let client = try options.client()
            var bearer = principal
            if !bearer.hasPrefix("arn:") {
                bearer = "\(try await client.account())/\(bearer)"
            }
            let answer = try await client.confidential(
                "/_apus/iam/advise", ["principal": .string(bearer)])
            guard answer["actions"]?.integerValue ?? 0 > 0, let policy = answer["policy"] else {
                throw CommandFailure("Nothing is known that \(principal) did.")
            }
            Output.json(policy)
        }
    }
}
