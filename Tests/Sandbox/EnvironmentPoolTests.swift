import Platform
import Sandbox
import Testing

@Suite("The pool of environments")
struct EnvironmentPoolTests {
    private func instant(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

    @Test("an event takes the warm environment that was used last")
    func newestFirst() {
        var pool = EnvironmentPool(limit: 10)
        #expect(pool.acquire(deploymentID: "a") == .start(1, evicting: nil))
        #expect(pool.acquire(deploymentID: "a") == .start(2, evicting: nil))
        #expect(pool.release(2, at: instant(1)) == true)
        #expect(pool.release(1, at: instant(2)) == true)
        #expect(pool.acquire(deploymentID: "a") == .reuse(1))
        #expect(pool.acquire(deploymentID: "a") == .reuse(2))
    }

    @Test("an environment serves its own deployment only")
    func otherDeployment() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == true)
        #expect(pool.acquire(deploymentID: "b") == .start(2, evicting: nil))
    }

    @Test("at the limit the environment that is idle longest makes room, and none that is busy")
    func limit() {
        var pool = EnvironmentPool(limit: 2)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "b")
        #expect(pool.acquire(deploymentID: "c") == .full)
        #expect(pool.release(2, at: instant(1)) == true)
        #expect(pool.release(1, at: instant(2)) == true)
        #expect(pool.acquire(deploymentID: "c") == .start(3, evicting: 2))
        #expect(pool.count == 2)
    }

    @Test("an environment that is idle long enough is reclaimed, and not before")
    func reclaim() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(100)) == true)
        #expect(pool.reclaim(idleSince: instant(99)) == [])
        #expect(pool.reclaim(idleSince: instant(100)) == [1])
        #expect(pool.count == 1)
    }

    @Test("a retired deployment's environments leave: the idle at once, the busy after their event")
    func retire() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == true)
        #expect(pool.retire(deploymentID: "a") == [1, 2])
        #expect(pool.acquire(deploymentID: "a") == .start(3, evicting: nil))
        #expect(pool.release(2, at: instant(2)) == false)
        #expect(pool.count == 1)
    }

    @Test("an environment that is gone is not taken again")
    func remove() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == true)
        pool.remove(1)
        #expect(pool.release(1, at: instant(1)) == false)
        #expect(pool.acquire(deploymentID: "a") == .start(2, evicting: nil))
    }
}
