/// How well writers share commits.
package struct SQLiteStatistics: Sendable, Equatable {
    /// How many transactions have been committed, those that took back their own changes included.
    package let transactions: Int
    /// How many commits, each a sync of the disk if anything changed, these took.
    package let commits: Int
    /// How many transactions wait for the writer.
    package let waiting: Int
}
