package import Platform
package import Storage
internal import Synchronization

/// A job in the hands of a handler, which this node has leased.
package final class LeasedJob: Sendable {
    /// The job.
    package let job: Job
    let lease: Lease
    private let wake: WakeSignal
    private let settled = Atomic<Bool>(false)

    init(job: Job, token: String, wake: WakeSignal) {
        self.wake = wake
        self.job = job
        self.lease = Lease(id: job.id, token: token)
    }

    /// Completes the job together with the effects that `transaction` writes: both are done, or
    /// neither.
    ///
    /// - Throws: `JobLeaseLost` when the job was cancelled, replaced or taken over meanwhile; let
    ///   it out of the transaction, so that the effects are taken back.
    package func complete(in transaction: any WriteTransaction) throws {
        guard try JobTable.delete(lease, in: transaction) else {
            throw JobLeaseLost()
        }
        transaction.afterCommit { self.settled.store(true, ordering: .releasing) }
    }

    /// Puts the job off to `due` as a new job with its attempts at nought, together with the
    /// effects that `transaction` writes: for work that recurs.
    ///
    /// - Throws: `JobLeaseLost`, as `complete(in:)` does.
    package func reschedule(
        at due: Instant, payload: [UInt8]? = nil, in transaction: any WriteTransaction
    ) throws {
        let found = try JobTable.reschedule(
            lease, due: due, payload: payload ?? job.payload, in: transaction)
        guard found else { throw JobLeaseLost() }
        transaction.afterCommit {
            self.settled.store(true, ordering: .releasing)
            self.wake.signal()
        }
    }

    /// Whether the handler itself has completed or rescheduled the job.
    var isSettled: Bool { settled.load(ordering: .acquiring) }
}
