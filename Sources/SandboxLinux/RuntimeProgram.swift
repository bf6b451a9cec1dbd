/// What to execute for a runtime, and the host's files that it needs.
struct RuntimeProgram: Sendable {
    /// The identifier that was asked for: `python3.12`.
    var identifier: String
    /// The command, without the function's own part.
    var command: [String]
    /// Files and directories that are shown at the same path.
    var files: [String]
    /// Whether it speaks to the Runtime API over descriptor 4 rather than over a connection of its own.
    var isConnected: Bool { bootstrapDirectory != nil }
    /// A host directory with our bootstrap, shown at /var/runtime.
    var bootstrapDirectory: String?
    /// As the INIT_START line says it: `python:3.12`.
    var version: String
    /// Why this is not exactly the runtime that was asked for.
    var warning: String?
}
