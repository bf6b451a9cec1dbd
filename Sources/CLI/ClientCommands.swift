package import ArgumentParser

/// The commands that speak to an Apus which runs.
package enum ClientCommands {
    /// Every one, in the order of the help.
    package static let all: [any ParsableCommand.Type] = [
        StatusCommand.self, DeployCommand.self, InvokeCommand.self, LogsCommand.self,
        FunctionsCommand.self, IAMCommand.self, ClockCommand.self, ResetCommand.self,
        EnvCommand.self,
        VersionCommand.self,
    ]
}
