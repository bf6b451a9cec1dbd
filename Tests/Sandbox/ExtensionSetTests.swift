import Sandbox
import Testing

@Suite("The extensions of an environment")
struct ExtensionSetTests {
    @Test("the init phase lasts until every external extension has registered and waits")
    func readiness() {
        var set = ExtensionSet(external: ["a", "b"])
        #expect(!set.isReady && !set.isEmpty)
        #expect(set.register("1", name: "a", events: ["INVOKE", "SHUTDOWN"]) == nil)
        #expect(set.register("2", name: "b", events: []) == nil)
        #expect(set.askedForNext("1") == .success(false))
        #expect(!set.isReady)
        #expect(set.askedForNext("2") == .success(false))
        #expect(set.isReady && set.isSettled)
    }

    @Test("an event goes to those who asked for its kind, now or when they ask next")
    func events() {
        var set = ExtensionSet(external: ["a", "b"])
        _ = set.register("1", name: "a", events: ["INVOKE"])
        _ = set.register("2", name: "b", events: ["SHUTDOWN"])
        _ = set.askedForNext("1")
        _ = set.askedForNext("2")
        #expect(set.begin(.invoke) == ["1"])
        #expect(!set.isSettled)
        #expect(set.begin(.invoke) == [])
        #expect(set.askedForNext("1") == .success(true))
        #expect(set.askedForNext("1") == .success(false))
        #expect(set.isSettled)
        #expect(set.begin(.shutdown) == ["2"])
    }

    @Test("who comes too late, comes twice, or asks for what there is not is refused")
    func refusals() {
        var set = ExtensionSet(external: ["a"])
        #expect(set.register("1", name: "a", events: ["NEWS"]) == .invalidEvent("NEWS"))
        // Only external extensions see the end.
        #expect(set.register("1", name: "inner", events: ["SHUTDOWN"]) == .invalidEvent("SHUTDOWN"))
        #expect(set.register("1", name: "a", events: ["INVOKE"]) == nil)
        #expect(set.register("2", name: "a", events: ["INVOKE"]) == .invalidState)
        #expect(set.askedForNext("9") == .failure(.unknownExtension))
        set.start()
        #expect(set.register("3", name: "inner", events: []) == .invalidState)
    }
}
