/// What is wrong with an event stream; nothing after it can be read.
package enum EventStreamError: Error, Equatable {
    /// The check of the prelude, or of the message, is not that of its bytes.
    case checksumMismatch
    /// The prelude's lengths contradict each other or exceed what is allowed.
    case invalidLength
    /// A header is cut off, unnamed, of an unknown type or not UTF-8.
    case invalidHeader
    /// The stream ended inside a message.
    case truncated
}
