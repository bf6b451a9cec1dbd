/// Why the database could not do what it was asked.
///
/// The message is for the log, never for the wire.
package struct StorageError: Error, Equatable, CustomStringConvertible {
    /// What sort of failure it is.
    package enum Kind: Sendable {
        /// A row with the same key exists.
        case uniqueConstraint
        /// `NOT NULL`, `CHECK` or the type of a column does not allow the value.
        case constraint
        /// A value that not every engine can keep: text with U+0000, or NaN.
        case invalidValue
        /// Transactions kept on getting in each other's way; trying again later may help.
        case conflict
        /// The database cannot be reached, or is closed. When it happens on commit, whether the
        /// transaction is done is not known.
        case unavailable
        /// More transactions wait than may wait.
        case overloaded
        /// The disk, or the quota, is full.
        case full
        /// The file or the server lets nobody write.
        case readOnly
        /// The file is damaged or is no database.
        case corrupt
        /// The schema on disk is not one that these migrations made.
        case migration
        /// The statement is wrong: a mistake of ours.
        case statement
    }

    /// What sort of failure it is.
    package let kind: Kind
    /// What the engine said, for the log.
    package let message: String

    /// Makes an error of a kind with the engine's own words.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { "storage: \(kind): \(message)" }
}
