/// Why a blob could not be kept or read.
///
/// The message is for the log, never for the wire.
package struct BlobError: Error, Equatable, CustomStringConvertible {
    /// What sort of failure it is.
    package enum Kind: Sendable {
        /// There is no such blob.
        case notFound
        /// It has more bytes than the caller takes.
        case tooLarge
        /// The disk, or the quota, is full.
        case full
        /// The disk cannot be read or written.
        case unavailable
    }

    /// What sort of failure it is.
    package let kind: Kind
    /// What the system said, for the log.
    package let message: String

    /// Makes an error of a kind with the system's own words.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { "blobs: \(kind): \(message)" }
}
