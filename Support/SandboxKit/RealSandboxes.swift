import Synchronization

/// Real sandboxes, one test after the other whatever its suite: some look at the whole machine for what is left behind.
package enum RealSandboxes {
    private struct State {
        var isBusy = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private static let state = Mutex(State())
    @TaskLocal private static var isHeld = false

    /// Does `body` while no other test has sandboxes.
    ///
    /// - Throws: what `body` throws.
    package static func exclusively<Result>(
        _ body: () async throws -> Result
    ) async throws -> Result {
        if isHeld { return try await body() }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isBusy { state.waiters.append(continuation) }
                defer { state.isBusy = true }
                return !state.isBusy
            }
            if isFree { continuation.resume() }
        }
        defer { leave() }
        return try await $isHeld.withValue(true) { try await body() }
    }

    private static func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiters.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.resume()
    }
}
