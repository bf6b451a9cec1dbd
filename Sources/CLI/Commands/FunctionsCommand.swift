import ArgumentParser
import Wire

/// `apus functions`
struct FunctionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "functions", abstract: "List the functions.")

    @OptionGroup var options: ClientOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let functions = try await FunctionClient(options.client()).all()
        if json { return Output.json(.array(functions)) }
        if functions.isEmpty {
            return Output.progress("There are no functions. Make one with 'apus deploy'.")
        }
        let rows = functions.map { function in
            [
                function["FunctionName"]?.stringValue ?? "",
                function["Runtime"]?.stringValue ?? "-",
                "\(function["MemorySize"]?.integerValue ?? 0) MB",
                "\(function["Timeout"]?.integerValue ?? 0) s",
                String(function["LastModified"]?.stringValue?.prefix(19) ?? ""),
            ]
        }
        Output.table([["NAME", "RUNTIME", "MEMORY", "TIMEOUT", "MODIFIED"]] + rows)
    }
}
