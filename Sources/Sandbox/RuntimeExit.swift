/// How a runtime's process ended.
package enum RuntimeExit: Sendable, Equatable {
    /// It exited by itself with this status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)
    /// The kernel killed it because the environment used more memory than it has.
    case outOfMemory

    /// What Lambda's messages say of it.
    var description: String {
        switch self {
        case .status(0): "Runtime exited without providing a reason"
        case .status(let status): "Runtime exited with error: exit status \(status)"
        case .signal(let signal): "Runtime exited with error: signal: \(Self.name(of: signal))"
        case .outOfMemory: "Runtime exited with error: signal: killed"
        }
    }

    /// The words that Lambda uses, which are those of the Go library it is written with.
    private static func name(of signal: Int32) -> String {
        switch signal {
        case 1: "hangup"
        case 2: "interrupt"
        case 3: "quit"
        case 4: "illegal instruction"
        case 5: "trace/breakpoint trap"
        case 6: "aborted"
        case 7: "bus error"
        case 8: "floating point exception"
        case 9: "killed"
        case 11: "segmentation fault"
        case 13: "broken pipe"
        case 14: "alarm clock"
        case 15: "terminated"
        default: "signal \(signal)"
        }
    }
}
