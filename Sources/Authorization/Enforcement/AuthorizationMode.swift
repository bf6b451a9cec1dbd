/// What is done with what policies say.
package enum AuthorizationMode: String, Sendable, CaseIterable {
    /// What policies do not allow is refused.
    case enforce
    /// Everything passes, and what policies would have refused is told to whoever asks.
    case advise
    /// No policy is evaluated.
    case off
}
