internal import Logging
internal import Platform
internal import Storage
internal import Synchronization

/// The loop that leases jobs, has them done, and writes down what became of them.
///
/// It alone leases and renews on this node, renewals first: however far the clock is moved ahead, a
/// job that is under way here is not started here again.
final class JobRunner: Sendable {
    /// How long the loop sleeps at most: how soon it sees what another node enqueued or left
    /// behind.
    static let longestSleep = Duration.seconds(10)
    /// How long it waits after the database has failed.
    static let pauseAfterFailure = Duration.seconds(1)
    /// How many jobs of a kind it leases in one transaction.
    static let leasesAtOnce = 64
    /// How many characters of an error are kept with a job.
    static let errorCharacters = 1_000

    private let queue: JobQueue
    private let underWay: Mutex<JobsUnderWay>
    private var clock: any Clock { queue.clock }

    init(queue: JobQueue, handlers: [JobHandler]) {
        self.queue = queue
        self.underWay = Mutex(JobsUnderWay(handlers: handlers))
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    let round = try await lease()
                    for task in round.tasks {
                        group.addTask { await self.perform(task) }
                    }
                    await queue.wake.wait(until: round.next, on: clock)
                } catch {
                    queue.logger.error("cannot lease jobs", metadata: ["error": "\(error)"])
                    await queue.wake.wait(
                        until: clock.now + Self.pauseAfterFailure, on: clock)
                }
            }
        }
    }
}

// MARK: - Leasing

extension JobRunner {
    private struct Round: Sendable {
        var tasks: [JobTask] = []
        /// The kinds of which nothing more is due: for these, `next` says when that changes.
        var exhausted: Set<String> = []
        /// When there may be something to do again.
        var next: Instant
    }

    private struct JobTask: Sendable {
        let leased: LeasedJob
        let givenUp: DeadLetterReason?
        let handler: JobHandler
    }

    /// Renews what is under way and leases what is due, as far as there are places.
    private func lease() async throws -> Round {
        let now: Instant = clock.now
        let (renewals, vacancies) = underWay.withLock { ($0.renew(now: now), $0.vacancies) }
        let token = queue.randomness.string(16, from: .lowercaseAlphanumeric)
        let wake = queue.wake
        var round = try await queue.database.write { transaction in
            for (lease, end) in renewals {
                try JobTable.renew(lease, until: end, in: transaction)
            }
            var round = Round(next: now + Self.longestSleep)
            for vacancy in vacancies {
                let handler = vacancy.handler
                let rows = try JobTable.lease(
                    kind: handler.kind, limit: min(vacancy.places, Self.leasesAtOnce), now: now,
                    until: now + handler.lease, token: token, in: transaction)
                round.tasks += rows.map { row in
                    JobTask(
                        leased: LeasedJob(job: row.job, token: token, wake: wake),
                        givenUp: row.givenUp,
                        handler: handler)
                }
                if rows.count < vacancy.places { round.exhausted.insert(handler.kind) }
            }
            let earliest = try JobTable.earliest(of: round.exhausted, in: transaction)
            round.next = min(round.next, earliest ?? round.next)
            return round
        }
        let (tasks, exhausted) = (round.tasks, round.exhausted)
        let (nextRenewal, hasMore) = underWay.withLock { underWay in
            for task in tasks { underWay.begin(task.leased.lease, handler: task.handler, now: now) }
            // A place may have become free since the vacancies were counted.
            let hasMore = underWay.vacancies.contains { !exhausted.contains($0.handler.kind) }
            return (underWay.nextRenewal, hasMore)
        }
        round.next = hasMore ? now : min(round.next, nextRenewal ?? round.next)
        return round
    }
}

// MARK: - Doing

extension JobRunner {
    private func perform(_ task: JobTask) async {
        do {
            if let reason = task.givenUp {
                try await deadLetter(task, reason)
            } else if let reason = tooLate(task) {
                try await giveUp(task, reason, attempts: task.leased.job.attempt - 1, error: nil)
            } else {
                try await attempt(task)
            }
        } catch {
            // The lease runs out, and the job is taken again.
            queue.logger.error("cannot note the end of a job", metadata: metadata(task, "\(error)"))
        }
        let wasFull = underWay.withLock { $0.end(task.leased.lease) }
        if wasFull { queue.wake.signal() }
    }

    /// Why the job may not be started, if it may not: it crashed its node as often as it may be
    /// tried, or it has waited too long.
    private func tooLate(_ task: JobTask) -> DeadLetterReason? {
        let (job, retries) = (task.leased.job, task.handler.retries)
        if job.attempt > retries.maximumAttempts { return .attemptsExhausted }
        if let age = retries.maximumAge, clock.now > job.owedSince + age { return .ageExceeded }
        return nil
    }

    private func attempt(_ task: JobTask) async throws {
        let outcome: JobOutcome
        do {
            outcome = try await task.handler.run(task.leased)
        } catch  where Task.isCancelled {
            return try await giveBack(task)
        } catch {
            outcome = .retry(reason: "\(error)")
        }
        guard !task.leased.isSettled else { return }
        switch outcome {
        case .done:
            let lease = task.leased.lease
            _ = try await queue.database.write { try JobTable.delete(lease, in: $0) }
        case .retry(let delay, let reason):
            try await retry(task, after: delay, reason: reason)
        case .giveUp(let reason):
            try await giveUp(task, .givenUp, attempts: task.leased.job.attempt, error: reason)
        }
    }

    private func retry(_ task: JobTask, after delay: Duration?, reason: String) async throws {
        let (job, retries) = (task.leased.job, task.handler.retries)
        let delay =
            delay
            ?? retries.delay(afterAttempt: job.attempt, randomness: queue.randomness)
        let due: Instant = clock.now + delay
        if job.attempt >= retries.maximumAttempts {
            try await giveUp(task, .attemptsExhausted, attempts: job.attempt, error: reason)
        } else if let age = retries.maximumAge, due > job.owedSince + age {
            try await giveUp(task, .ageExceeded, attempts: job.attempt, error: reason)
        } else {
            queue.logger.debug("a job is to be retried", metadata: metadata(task, reason))
            try await release(
                task, due: due, attempts: job.attempt, error: reason, givenUp: nil)
        }
    }

    /// Writes down that the job is given up; the row is then leased for the dead-letter handler, so
    /// that a crash between the two loses nothing.
    private func giveUp(
        _ task: JobTask, _ reason: DeadLetterReason, attempts: Int, error: String?
    ) async throws {
        queue.logger.warning(
            "a job is given up", metadata: metadata(task, error ?? reason.rawValue))
        try await release(
            task, due: clock.now, attempts: attempts, error: error ?? task.leased.job.lastError,
            givenUp: reason)
    }

    private func deadLetter(_ task: JobTask, _ reason: DeadLetterReason) async throws {
        let job = task.leased.job
        do {
            try await task.handler.deadLetter(task.leased, reason)
        } catch  where Task.isCancelled {
            return try await release(
                task, due: job.due, attempts: job.attempt, error: job.lastError, givenUp: reason)
        } catch {
            queue.logger.error("a dead-letter handler failed", metadata: metadata(task, "\(error)"))
            return try await release(
                task, due: clock.now + task.handler.retries.maximumDelay, attempts: job.attempt,
                error: job.lastError, givenUp: reason)
        }
        guard !task.leased.isSettled else { return }
        let lease = task.leased.lease
        _ = try await queue.database.write { try JobTable.delete(lease, in: $0) }
    }

    /// Gives back a job that was interrupted by the end of this node. It does not count as an
    /// attempt.
    private func giveBack(_ task: JobTask) async throws {
        let job = task.leased.job
        try await release(
            task, due: job.due, attempts: job.attempt - 1, error: job.lastError, givenUp: nil)
    }

    private func release(
        _ task: JobTask, due: Instant, attempts: Int, error: String?, givenUp: DeadLetterReason?
    ) async throws {
        let lease = task.leased.lease
        let kept = error.map { String($0.filter { $0 != "\0" }.prefix(Self.errorCharacters)) }
        let wake = queue.wake
        try await queue.database.write { transaction in
            try JobTable.release(
                lease, due: due, attempts: attempts, error: kept, givenUp: givenUp, in: transaction)
            transaction.afterCommit { wake.signal() }
        }
    }

    private func metadata(_ task: JobTask, _ error: String) -> Logger.Metadata {
        let job = task.leased.job
        return ["kind": "\(job.kind)", "job": "\(job.id)", "error": "\(error)"]
    }
}
