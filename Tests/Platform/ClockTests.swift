import Platform
import Testing

@Suite("Clocks", .timeLimit(.minutes(10)))
struct ClockTests {
    @Test("a simulated clock stands still until it is moved")
    func standsStill() async throws {
        let clock = SimulatedClock(now: Instant(seconds: 100))
        #expect(clock.now == Instant(seconds: 100))
        clock.advance(by: .milliseconds(1_500))
        #expect(clock.now == Instant(milliseconds: 101_500))
        try await clock.sleep(until: Instant(seconds: 101))
    }

    @Test("sleepers wake in the order of their deadlines, each at its time")
    func order() async throws {
        let clock = SimulatedClock()
        let start: Instant = clock.now
        let woken = Monitor<[String]>([])
        await withTaskGroup { group in
            for (index, seconds) in [3, 1, 2, 1].enumerated() {
                group.addTask {
                    try? await clock.sleep(for: .seconds(seconds))
                    let passed = clock.now - start
                    woken.withLock { $0.append("\(seconds) s at \(passed.components.seconds)") }
                }
                await clock.waitForSleepers(index + 1)
            }
            for count in [2, 1] {
                clock.advance(by: .seconds(1))
                for _ in 0..<count { await group.next() }
            }
            #expect(woken.withLock { $0.sorted() } == ["1 s at 1", "1 s at 1", "2 s at 2"])
            #expect(clock.sleeperCount == 1)
            clock.advance(by: .seconds(86_400))
        }
        #expect(woken.withLock { $0.last } == "3 s at 86402")
    }

    @Test("a timer that is set again and again fires each time")
    func recurring() async throws {
        let clock = SimulatedClock()
        let ticks = Monitor(0)
        await withTaskGroup { group in
            group.addTask {
                while (try? await clock.sleep(for: .seconds(60))) != nil {
                    ticks.change { $0 += 1 }
                }
            }
            await clock.waitForSleepers(1)
            await clock.run(for: .seconds(3_600), untilAsleep: 1)
            await clock.waitForSleepers(1)
            group.cancelAll()
        }
        #expect(ticks.withLock { $0 } == 60)
    }

    static let clocks: [@Sendable () -> any Clock] = [{ SimulatedClock() }, { SystemClock() }]

    @Test("who is cancelled does not sleep on", arguments: clocks.indices)
    func cancelled(index: Int) async {
        let clock = Self.clocks[index]()
        await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await clock.sleep(for: .seconds(3_600))
                    }
                }
            }
            group.cancelAll()
        }
    }

    @Test("a system clock that is moved wakes who is due, and only them")
    func advance() async throws {
        let clock = SystemClock()
        let before: Instant = clock.now
        await withTaskGroup { group in
            group.addTask { try? await clock.sleep(until: before + .seconds(3_600)) }
            group.addTask { try? await clock.sleep(until: before + .seconds(7_200)) }
            clock.advance(by: .seconds(3_600))
            await group.next()
            #expect(clock.now - before < .seconds(7_200))
            clock.advance(by: .seconds(3_600))
            await group.next()
        }
        #expect(clock.now - before >= .seconds(7_200))
    }

    @Test("a system clock wakes by itself")
    func systemTimer() async throws {
        let clock = SystemClock()
        let start: Instant = clock.now
        try await withThrowingTaskGroup { group in
            for milliseconds in [20, 5, 1, 10] {
                group.addTask { try await clock.sleep(for: .milliseconds(milliseconds)) }
            }
            try await group.waitForAll()
        }
        #expect(clock.now - start >= .milliseconds(20))
    }
}
