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
        #expect(pool.release(2, at: instant(1)) == .stays)
        #expect(pool.release(1, at: instant(2)) == .stays)
        #expect(pool.acquire(deploymentID: "a") == .reuse(1))
        #expect(pool.acquire(deploymentID: "a") == .reuse(2))
    }

    @Test("an environment serves its own deployment only")
    func otherDeployment() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == .stays)
        #expect(pool.acquire(deploymentID: "b") == .start(2, evicting: nil))
    }

    @Test("at the limit the environment that is idle longest makes room, and none that is busy")
    func limit() {
        var pool = EnvironmentPool(limit: 2)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "b")
        #expect(pool.acquire(deploymentID: "c") == .full)
        #expect(pool.release(2, at: instant(1)) == .stays)
        #expect(pool.release(1, at: instant(2)) == .stays)
        #expect(pool.acquire(deploymentID: "c") == .start(3, evicting: 2))
        #expect(pool.count == 2)
    }

    @Test("an environment that is idle long enough is reclaimed, and not before")
    func reclaim() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(100)) == .stays)
        #expect(pool.reclaim(idleSince: instant(99)) == [])
        #expect(pool.reclaim(idleSince: instant(100)) == [1])
        #expect(pool.count == 1)
    }

    @Test("a retired deployment's environments leave: the idle at once, the busy after their event")
    func retire() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == .stays)
        #expect(pool.retire(deploymentID: "a") == [1, 2])
        #expect(pool.acquire(deploymentID: "a") == .start(3, evicting: nil))
        #expect(pool.release(2, at: instant(2)) == .leaves)
        #expect(pool.count == 1)
    }

    @Test("an environment that is gone is not taken again")
    func remove() {
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1)) == .stays)
        pool.remove(1)
        #expect(pool.release(1, at: instant(1)) == .leaves)
        #expect(pool.acquire(deploymentID: "a") == .start(2, evicting: nil))
    }

    @Test("of idle environments the one on the event's own event loop comes first")
    func place() {
        let (here, there) = (Place(), Place())
        var pool = EnvironmentPool(limit: 10)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.release(1, at: instant(1), place: ObjectIdentifier(here)) == .stays)
        #expect(pool.release(2, at: instant(2), place: ObjectIdentifier(there)) == .stays)
        #expect(pool.acquire(deploymentID: "a", near: ObjectIdentifier(here)) == .reuse(1))
        #expect(pool.acquire(deploymentID: "a", near: ObjectIdentifier(here)) == .reuse(2))
    }

    private final class Place {}

    @Test("while enough environments start, an event waits, and takes the first that is free")
    func waiting() {
        var pool = EnvironmentPool(limit: 10, startLimit: 1)
        #expect(pool.acquire(deploymentID: "a") == .start(1, evicting: nil))
        #expect(pool.acquire(deploymentID: "a") == .wait(1))
        #expect(pool.acquire(deploymentID: "b") == .wait(2))
        #expect(pool.release(1, at: instant(1)) == .serves(1))
        let admitted = pool.started(1)
        #expect(admitted.map(\.0) == [2])
        #expect(admitted.map(\.1) == [.start(2, evicting: nil)])
        #expect(pool.release(1, at: instant(2)) == .stays)
    }

    @Test("a start that is over lets the next event start, once")
    func started() {
        var pool = EnvironmentPool(limit: 10, startLimit: 1)
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.started(1).map(\.0) == [1])
        #expect(pool.started(1).isEmpty)
        pool.remove(1)
        #expect(pool.started(2).map(\.0) == [2])
    }

    @Test("environments that are kept are neither reclaimed nor evicted")
    func kept() {
        var pool = EnvironmentPool(limit: 2)
        #expect(pool.keep(1, deploymentID: "a") == 1)
        _ = pool.start(deploymentID: "a")
        _ = pool.acquire(deploymentID: "a")
        #expect(pool.keep(1, deploymentID: "a") == 0)
        #expect(pool.release(1, at: instant(1)) == .stays)
        #expect(pool.release(2, at: instant(2)) == .stays)
        #expect(pool.reclaim(idleSince: instant(9)) == [1])
        #expect(pool.acquire(deploymentID: "b") == .start(3, evicting: nil))
        #expect(pool.acquire(deploymentID: "c") == .full)
        #expect(pool.keep(0, deploymentID: "a") == 0)
        #expect(pool.acquire(deploymentID: "c") == .start(4, evicting: 2))
    }
}
