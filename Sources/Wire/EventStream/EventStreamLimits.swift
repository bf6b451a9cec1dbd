/// The bounds of event stream messages: Smithy, "Amazon Event Stream Specification".
enum EventStreamLimits {
    /// The prelude, its check and the message's check.
    static let frameBytes = 16
    static let headerBytes = 128 << 10
    static let payloadBytes = 24 << 20
}
