/// What became of an attempt.
package enum JobOutcome: Sendable, Equatable {
    /// The job is done and its row goes.
    case done
    /// To be tried again, after `delay` or, where that is nil, when the policy says. The policy's
    /// limits hold.
    case retry(after: Duration? = nil, reason: String)
    /// Given up at once, whatever the policy says.
    case giveUp(reason: String)
}
