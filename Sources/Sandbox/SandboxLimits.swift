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
    /// Extensions of an environment (docs.aws.amazon.com/lambda/latest/dg/lambda-extensions.html).
    package static let extensions = 10
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
    /// The same where the host is short of memory.
    package static let idleTimeWhenScarce: Duration = .seconds(30)
    /// How many sandboxes of a runtime wait for a function at first, and at most.
    package static let warmAtFirst = 2
    package static let warmAtMost = 8
    /// How many of them are started at a time.
    package static let warmStarts = 2
    /// How long after the last one was taken fewer of a runtime are wanted.
    package static let warmTime: Duration = .seconds(60)
    /// What all sandboxes that wait for a function may use together, in MiB.
    package static let warmMiB = 256
    /// How many environments start at a time; events that would need more wait for the first that is free.
    package static let starts = 8
    /// How long a start counts as one, whatever else a function's init phase waits for.
    package static let startTime: Duration = .milliseconds(250)
    /// The init phase of an environment that is started without an event
    /// (docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html: 130 seconds).
    package static let provisionedInitPhase: Duration = .seconds(130)
    /// How many environments one host runs at most, busy and idle.
    package static let environments = 1000
}
