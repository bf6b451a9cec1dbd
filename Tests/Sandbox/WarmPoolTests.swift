import Platform
import Sandbox
import Testing

@Suite("The pool of sandboxes that wait for a function")
struct WarmPoolTests {
    private let python = WarmPool.Kind(runtime: "python3.12", mebibytes: 10)
    private let node = WarmPool.Kind(runtime: "nodejs22.x", mebibytes: 50)

    private func instant(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

    /// Starts all that is wanted; returns the kinds, in order.
    private func fill(_ pool: inout WarmPool) -> [WarmPool.Kind] {
        var kinds: [WarmPool.Kind] = []
        while let (id, kind) = pool.next() {
            pool.launched(id)
            pool.ready(id)
            kinds.append(kind)
        }
        return kinds
    }

    @Test("nothing waits until a function of the runtime is expected")
    func expectation() {
        var pool = WarmPool(budgetMiB: 100)
        #expect(fill(&pool) == [])
        pool.expect(python, at: instant(0))
        #expect(fill(&pool) == [python, python])
        #expect(pool.count == 2)
    }

    @Test("what is taken is started anew; the oldest is taken first")
    func taking() {
        var pool = WarmPool(budgetMiB: 100)
        pool.expect(python, at: instant(0))
        _ = fill(&pool)
        #expect(pool.take(python, at: instant(1)) == 1)
        #expect(pool.take(python, at: instant(1)) == 2)
        #expect(fill(&pool) == [python, python])
        #expect(pool.take(python, at: instant(2)) == 3)
    }

    @Test("where none waits, more are wanted from then on, up to a bound")
    func demand() {
        var pool = WarmPool(budgetMiB: 1000)
        #expect(pool.take(python, at: instant(0)) == nil)
        #expect(fill(&pool).count == 4)
        for _ in 0..<4 { _ = pool.take(python, at: instant(1)) }
        for _ in 0..<9 { #expect(pool.take(python, at: instant(1)) == nil) }
        #expect(fill(&pool).count == SandboxLimits.warmAtMost)
    }

    @Test("all that wait fit the budget, and the emptiest shelf is filled first")
    func budget() {
        var pool = WarmPool(budgetMiB: 70)
        pool.expect(python, at: instant(0))
        pool.expect(node, at: instant(1))
        #expect(fill(&pool) == [node, python, python])
        #expect(pool.count == 3)
    }

    @Test("without a budget nothing ever waits")
    func off() {
        var pool = WarmPool(budgetMiB: 0)
        pool.expect(python, at: instant(0))
        #expect(pool.take(python, at: instant(0)) == nil)
        #expect(fill(&pool) == [])
    }

    @Test("few start at a time, and one that is not launched yet cannot be taken")
    func starting() {
        var pool = WarmPool(budgetMiB: 1000)
        for _ in 0..<3 { _ = pool.take(python, at: instant(0)) }
        let first = pool.next()
        #expect(pool.take(python, at: instant(0)) == nil)
        let second = pool.next()
        #expect(first?.id == 1 && second?.id == 2)
        #expect(pool.next() == nil)
        pool.launched(1)
        #expect(pool.take(python, at: instant(0)) == 1)
        #expect(pool.next()?.id == 3)
    }

    @Test("a runtime that nobody asks for keeps one, after a while")
    func shrinking() {
        var pool = WarmPool(budgetMiB: 1000)
        for _ in 0..<3 { _ = pool.take(python, at: instant(0)) }
        #expect(fill(&pool).count == 8)
        #expect(pool.shrink(at: instant(59)) == [])
        #expect(pool.shrink(at: instant(60)).count == 4)
        #expect(pool.shrink(at: instant(90)).count == 2)
        #expect(pool.shrink(at: instant(120)).count == 1)
        #expect(pool.shrink(at: instant(150)) == [])
        #expect(pool.count == 1)
    }

    @Test("a sandbox that ended is not replaced until one is asked for")
    func failure() {
        var pool = WarmPool(budgetMiB: 1000)
        pool.expect(python, at: instant(0))
        _ = fill(&pool)
        #expect(pool.failed(1) == true)
        #expect(pool.failed(1) == false)
        #expect(fill(&pool) == [])
        pool.expect(python, at: instant(1))
        #expect(fill(&pool) == [python])
    }

    @Test("an emptied pool stays empty until a function is expected")
    func emptying() {
        var pool = WarmPool(budgetMiB: 1000)
        pool.expect(python, at: instant(0))
        _ = fill(&pool)
        #expect(pool.empty() == [1, 2])
        #expect(pool.count == 0)
        #expect(fill(&pool) == [])
    }
}
