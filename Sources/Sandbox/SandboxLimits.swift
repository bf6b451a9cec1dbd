/// The quotas of execution environments, each with its unit and where AWS documents it
/// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html unless it says otherwise).
package enum SandboxLimits {
    /// The largest buffered response, in bytes: 6 MiB and 100 bytes.
    package static let responseBytes = 6 * 1024 * 1024 + 100
    /// The largest streamed response, in bytes: 200 MiB.
    package static let streamedResponseBytes = 200 * 1024 * 1024
    /// The largest error document that a runtime may report, in bytes. Ours; Lambda's is not documented.
    package static let errorBytes = 256 * 1024
    /// How much of an invocation's log `LogType=Tail` returns, in bytes.
    package static let logTailBytes = 4 * 1024
    /// The longest line that is one log event, in bytes (CloudWatch Logs' largest event).
    package static let logLineBytes = 256 * 1024
    /// Open files of a process.
    package static let openFiles = 1024
    /// Processes and threads of an environment.
    package static let processes = 1024
    /// The memory that comes with one whole CPU, in MiB.
    package static let memoryMiBPerCPU = 1769
    /// How long the init phase may last before it is counted as the first event's time.
    package static let initPhase: Duration = .seconds(10)
    /// How long an environment stays warm with nothing to do. Ours; Lambda's varies.
    package static let idleTime: Duration = .seconds(600)
    /// How many environments one host runs at most, busy and idle.
    package static let environments = 1000
}
