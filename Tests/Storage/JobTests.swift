import Jobs
import Logging
import Platform
import Storage
import Synchronization
import Testing

@Suite("Jobs", .timeLimit(.minutes(10)))
struct JobTests {
    static let engines: [Engine] = [.sqliteMemory, .postgres]

    struct Failed: Error, CustomStringConvertible {
        let description = "it failed"
    }

    @Test("a job runs as soon as its cause is committed, and is then gone", arguments: engines)
    func runs(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let done = Journal<Job>()
            node.queue.register(
                JobHandler(kind: "note") { leased in
                    done.note(leased.job)
                    return .done
                })
            try await node.running {
                try await node.enqueue("note", payload: [1, 2, 3])
                let job = try await done.next()
                #expect(job.payload == [1, 2, 3])
                #expect(job.attempt == 1)
                #expect(job.owedSince == node.clock.now)
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a job of a transaction that fails never runs", arguments: engines)
    func rolledBack(engine: Engine) async throws {
        try await withJobs(engine) { node async throws in
            await #expect(throws: Failed.self) {
                try await node.database.write { transaction in
                    try node.queue.enqueue("note", in: transaction)
                    throw Failed()
                }
            }
            #expect(try await node.count() == 0)
        }
    }

    @Test("jobs run when they are due, in that order", arguments: engines)
    func order(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let done = Journal<[UInt8]>()
            node.queue.register(
                JobHandler(kind: "note", concurrency: 1) { leased in
                    done.note(leased.job.payload)
                    return .done
                })
            let start: Instant = node.clock.now
            for minutes in [3, 1, 2] as [UInt8] {
                try await node.enqueue(
                    "note", payload: [minutes], notBefore: start + .seconds(60 * Int(minutes)))
            }
            try await node.running {
                await node.clock.waitForSleepers(1)
                #expect(done.entries.isEmpty)
                node.clock.advance(by: .seconds(60))
                #expect(try await done.next() == [1])
                try await node.waitUntilEmpty(but: 2)
                node.clock.advance(by: .seconds(86_400))
                #expect(try await done.next(2) == [[2], [3]])
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a job that fails is retried with growing delays and then given up", arguments: engines)
    func retries(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let attempts = Journal<Job>()
            let letters = Journal<(Job, DeadLetterReason)>()
            let policy = RetryPolicy(
                maximumAttempts: 3, firstDelay: .seconds(60), maximumDelay: .seconds(90), jitter: 0)
            node.queue.register(
                JobHandler(
                    kind: "note", retries: policy,
                    run: { leased in
                        attempts.note(leased.job)
                        throw Failed()
                    },
                    deadLetter: { leased, reason in letters.note((leased.job, reason)) }))
            let start: Instant = node.clock.now
            try await node.enqueue("note")
            try await node.running {
                #expect(try await attempts.next().attempt == 1)
                try await node.waitForJob { $0.due == start + .seconds(60) }
                node.clock.advance(by: .seconds(60))
                let second = try await attempts.next()
                #expect(second.attempt == 2)
                #expect(second.lastError == "it failed")
                try await node.waitForJob { $0.due == start + .seconds(150) }
                node.clock.advance(by: .seconds(90))
                #expect(try await attempts.next().attempt == 3)
                let (job, reason) = try await letters.next()
                #expect(reason == .attemptsExhausted)
                #expect(job.attempt == 3)
                #expect(job.lastError == "it failed")
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a job that has grown too old is given up without another attempt", arguments: engines)
    func age(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let letters = Journal<(Int, DeadLetterReason)>()
            node.queue.register(
                JobHandler(
                    kind: "note", retries: RetryPolicy(maximumAge: .seconds(3_600)),
                    run: { _ in throw Failed() },
                    deadLetter: { leased, reason in letters.note((leased.job.attempt, reason)) }))
            try await node.enqueue("note")
            node.clock.advance(by: .seconds(3_601))
            try await node.running {
                let (attempt, reason) = try await letters.next()
                #expect(reason == .ageExceeded)
                #expect(attempt == 0)
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a handler says when to retry and when to give up", arguments: engines)
    func outcomes(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let attempts = Journal<Int>()
            let letters = Journal<String?>()
            node.queue.register(
                JobHandler(
                    kind: "note",
                    run: { leased in
                        attempts.note(leased.job.attempt)
                        return leased.job.attempt == 1
                            ? .retry(after: .seconds(7_200), reason: "busy")
                            : .giveUp(reason: "no such\u{0} thing")
                    },
                    deadLetter: { leased, reason in
                        #expect(reason == .givenUp)
                        letters.note(leased.job.lastError)
                    }))
            let start: Instant = node.clock.now
            try await node.enqueue("note")
            try await node.running {
                try await attempts.next()
                try await node.waitForJob { $0.due == start + .seconds(7_200) }
                node.clock.advance(by: .seconds(7_200))
                #expect(try await attempts.next() == 2)
                #expect(try await letters.next() == "no such thing")
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a dead-letter handler that fails gets the job again", arguments: engines)
    func failingDeadLetter(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let letters = Journal<Int>()
            let policy = RetryPolicy(
                maximumAttempts: 1, firstDelay: .seconds(5), maximumDelay: .seconds(5))
            node.queue.register(
                JobHandler(
                    kind: "note", retries: policy, run: { _ in throw Failed() },
                    deadLetter: { leased, _ in
                        letters.note(leased.job.attempt)
                        if letters.entries.count == 1 { throw Failed() }
                    }))
            let start: Instant = node.clock.now
            try await node.enqueue("note")
            try await node.running {
                #expect(try await letters.next() == 1)
                try await node.waitForJob { $0.due == start + .seconds(5) }
                node.clock.advance(by: .seconds(5))
                #expect(try await letters.next() == 1)
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a job is completed together with its effects", arguments: engines)
    func completeWithEffects(engine: Engine) async throws {
        try await withJobs(engine) { node in
            node.queue.register(
                JobHandler(kind: "note") { leased in
                    try await node.database.write { transaction in
                        try transaction.execute(insert, "effect", 1, nil)
                        try leased.complete(in: transaction)
                    }
                    return .done
                })
            try await node.running {
                try await node.enqueue("note")
                try await node.waitUntilEmpty()
            }
            #expect(try await names(node.database) == ["effect"])
        }
    }

    @Test(
        "a job that was cancelled or replaced meanwhile has no effects", arguments: engines,
        [true, false])
    func lostLease(engine: Engine, isReplaced: Bool) async throws {
        try await withJobs(engine) { node in
            let started = Journal<[UInt8]>()
            let ended = Journal<Bool>()
            let mayGoOn = Journal<Void>()
            node.queue.register(
                JobHandler(kind: "note") { leased in
                    started.note(leased.job.payload)
                    guard leased.job.payload == [1] else { return .done }
                    try await mayGoOn.next()
                    do {
                        try await node.database.write { transaction in
                            try transaction.execute(insert, "effect", 1, nil)
                            try leased.complete(in: transaction)
                        }
                        ended.note(true)
                    } catch is JobLeaseLost {
                        ended.note(false)
                    }
                    return .done
                })
            try await node.running {
                try await node.enqueue("note", payload: [1], key: "k")
                #expect(try await started.next() == [1])
                try await node.database.write { transaction in
                    if isReplaced {
                        try node.queue.enqueue(
                            "note", payload: [2], key: "k", replacing: true, in: transaction)
                    } else {
                        let found = try node.queue.cancel("note", key: "k", in: transaction)
                        #expect(found)
                    }
                }
                if isReplaced { #expect(try await started.next() == [2]) }
                mayGoOn.note(())
                #expect(try await ended.next() == false)
                try await node.waitUntilEmpty()
            }
            #expect(try await names(node.database).isEmpty)
        }
    }

    @Test("a key keeps one job, the first or the last", arguments: engines, [false, true])
    func keys(engine: Engine, replacing: Bool) async throws {
        try await withJobs(engine) { node in
            let first = try await node.enqueue("note", payload: [1], key: "k", replacing: replacing)
            let second = try await node.enqueue(
                "note", payload: [2], key: "k", replacing: replacing)
            let other = try await node.enqueue(
                "other", payload: [3], key: "k", replacing: replacing)
            #expect(first)
            #expect(second == replacing)
            #expect(other)
            let done = Journal<[UInt8]>()
            for kind in ["note", "other"] {
                node.queue.register(
                    JobHandler(kind: kind) { leased in
                        done.note(leased.job.payload)
                        return .done
                    })
            }
            try await node.running {
                let payloads = try await done.next(2)
                #expect(payloads == [replacing ? [2] : [1], [3]])
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a job that recurs starts afresh each time", arguments: engines)
    func recurs(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let runs = Journal<Job>()
            node.queue.register(
                JobHandler(kind: "tick", retries: RetryPolicy(maximumAttempts: 1)) { leased in
                    try await node.database.write { transaction in
                        try leased.reschedule(
                            at: leased.job.due + .seconds(60),
                            payload: leased.job.payload + [1], in: transaction)
                    }
                    runs.note(leased.job)
                    return .done
                })
            try await node.enqueue("tick")
            try await node.running {
                for run in 0..<5 {
                    let job = try await runs.next()
                    #expect(job.attempt == 1)
                    #expect(job.payload.count == run)
                    try await node.waitForJob { $0.due == job.due + .seconds(60) }
                    node.clock.advance(by: .seconds(60))
                }
            }
        }
    }

    @Test("no more jobs of a kind run at a time than its handler takes", arguments: engines)
    func concurrency(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let started = Journal<Void>()
            let mayGoOn = Journal<Void>()
            let running = Atomic<Int>(0)
            let most = Atomic<Int>(0)
            node.queue.register(
                JobHandler(kind: "note", concurrency: 3) { _ in
                    most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
                    started.note(())
                    try await mayGoOn.next()
                    running.subtract(1, ordering: .relaxed)
                    return .done
                })
            for _ in 0..<10 { try await node.enqueue("note") }
            try await node.running {
                for _ in 0..<10 {
                    try await started.next()
                    mayGoOn.note(())
                }
                try await node.waitUntilEmpty()
            }
            #expect(most.load(ordering: .relaxed) <= 3)
        }
    }

    @Test("two nodes share the jobs, and each job is done once", arguments: engines)
    func twoNodes(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let done = Journal<[UInt8]>()
            let other = JobQueue(
                database: node.database, clock: node.clock, randomness: SystemRandomness(),
                logger: Logger(label: "test"))
            for queue in [node.queue, other] {
                queue.register(
                    JobHandler(kind: "note", concurrency: 4) { leased in
                        done.note(leased.job.payload)
                        return .done
                    })
            }
            for number in 0..<100 { try await node.enqueue("note", payload: [UInt8(number)]) }
            try await withThrowingTaskGroup { group in
                group.addTask { await other.run() }
                try await node.running { try await node.waitUntilEmpty() }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(done.entries.sorted { $0[0] < $1[0] } == (0..<100).map { [UInt8($0)] })
        }
    }

    @Test("the jobs of a node that died are taken over when their leases end", arguments: engines)
    func takeOver(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let started = Journal<String>()
            // The clock of a node that died stands still: it renews nothing.
            let dead = JobQueue(
                database: node.database, clock: SimulatedClock(now: node.clock.now),
                randomness: SystemRandomness(), logger: Logger(label: "test"))
            let never = Journal<Void>()
            dead.register(
                JobHandler(kind: "note", lease: .seconds(30)) { _ in
                    started.note("dead")
                    try await never.next()
                    return .done
                })
            node.queue.register(
                JobHandler(kind: "note", lease: .seconds(30)) { leased in
                    started.note("alive \(leased.job.attempt)")
                    return .done
                })
            try await withThrowingTaskGroup { group in
                group.addTask { await dead.run() }
                try await node.enqueue("note", in: dead)
                #expect(try await started.next() == "dead")
                try await node.running {
                    await node.clock.waitForSleepers(1)
                    node.clock.advance(by: .seconds(29))
                    await node.clock.waitForSleepers(1)
                    #expect(started.entries == ["dead"])
                    node.clock.advance(by: .seconds(1))
                    #expect(try await started.next() == "alive 2")
                    try await node.waitUntilEmpty()
                }
                never.note(())
                group.cancelAll()
            }
        }
    }

    @Test("a node keeps the jobs that it works on, however long they take", arguments: engines)
    func renewal(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let started = Journal<Void>()
            let mayGoOn = Journal<Void>()
            node.queue.register(
                JobHandler(kind: "note", lease: .seconds(30)) { _ in
                    started.note(())
                    try await mayGoOn.next()
                    return .done
                })
            try await node.running {
                try await node.enqueue("note")
                try await started.next()
                for seconds in [20, 20, 86_400, 20] {
                    await node.clock.waitForSleepers(1)
                    node.clock.advance(by: .seconds(seconds))
                }
                await node.clock.waitForSleepers(1)
                #expect(started.entries.count == 1)
                mayGoOn.note(())
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("a node that stops gives its jobs back, and that is no attempt", arguments: engines)
    func stop(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let started = Journal<Void>()
            node.queue.register(
                JobHandler(kind: "note") { _ in
                    started.note(())
                    try await node.clock.sleep(for: .seconds(3_600))
                    return .done
                })
            try await node.running {
                try await node.enqueue("note")
                try await started.next()
            }
            let successor = Journal<Int>()
            let queue = JobQueue(
                database: node.database, clock: node.clock, randomness: SystemRandomness(),
                logger: Logger(label: "test"))
            queue.register(
                JobHandler(kind: "note") { leased in
                    successor.note(leased.job.attempt)
                    return .done
                })
            try await node.running(queue) {
                #expect(try await successor.next() == 1)
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("jobs that nobody here can do stay where they are", arguments: engines)
    func unknownKind(engine: Engine) async throws {
        try await withJobs(engine) { node in
            let done = Journal<Void>()
            node.queue.register(
                JobHandler(kind: "note") { _ in
                    done.note(())
                    return .done
                })
            try await node.enqueue("from a newer version")
            try await node.enqueue("note")
            try await node.running { try await node.waitUntilEmpty(but: 1) }
            #expect(done.entries.count == 1)
        }
    }

    static let delays: [(attempt: Int, milliseconds: Int64)] = [
        (1, 1_000), (2, 2_000), (3, 4_000), (10, 300_000), (41, 300_000), (1_000_000, 300_000),
    ]

    @Test("delays double up to the longest", arguments: delays)
    func delay(attempt: Int, milliseconds: Int64) {
        let steady = RetryPolicy(jitter: 0).delay(
            afterAttempt: attempt, randomness: SeededRandomness(seed: 1))
        #expect(steady == .milliseconds(milliseconds))
        for seed in 0..<100 {
            let delay = RetryPolicy(jitter: 0.5).delay(
                afterAttempt: attempt, randomness: SeededRandomness(seed: UInt64(seed)))
            #expect(delay <= steady && delay >= steady / 2)
        }
    }
}
