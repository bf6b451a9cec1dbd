import Platform
import Testing

@Suite("Threads", .timeLimit(.minutes(10)))
struct ThreadTests {
    @Test("a pool runs as much at a time as it has threads, and no more")
    func pool() async throws {
        let pool = ThreadPool(name: "test", maximumThreads: 4)
        let running = Monitor((now: 0, most: 0))
        let arrived = Monitor(0)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try await pool.run {
                        running.withLock { running in
                            running.now += 1
                            running.most = max(running.most, running.now)
                        }
                        arrived.change { $0 += 1 }
                        // The first four only go on together.
                        arrived.wait { $0 >= 4 ? .found(()) : .wait }
                        running.withLock { $0.now -= 1 }
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 4_950)
        #expect(running.withLock { $0.most } == 4)
        await pool.close()
    }

    @Test("a pool that is closed takes no work")
    func closed() async throws {
        let pool = ThreadPool(name: "test", maximumThreads: 1)
        let answer = try await pool.run { 42 }
        #expect(answer == 42)
        await pool.close()
        await #expect(throws: ThreadPoolClosed.self) { try await pool.run { 42 } }
    }

    @Test("a queue keeps the order, however it is emptied", arguments: 0..<20 as Range<UInt64>)
    func fifo(seed: UInt64) {
        let randomness = SeededRandomness(seed: seed)
        var queue = FIFO<Int>()
        var (added, taken) = (0, 0)
        for step in randomness.bytes(2_000) {
            if step < 128 {
                queue.append(added)
                added += 1
            } else {
                for element in queue.take(Int(step) % 5) {
                    #expect(element == taken)
                    taken += 1
                }
            }
            #expect(queue.count == added - taken)
        }
    }
}
