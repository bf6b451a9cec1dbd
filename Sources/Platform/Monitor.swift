internal import Glibc

/// State under a lock, with changes that threads can wait for.
///
/// For threads that may block. Tasks take the lock, never wait on it.
package final class Monitor<State: Sendable>: @unchecked Sendable {
    // SAFETY: `state` is read and written between `pthread_mutex_lock` and `pthread_mutex_unlock`
    // only; the three pointers are allocated in `init`, never change, and live until `deinit`.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    /// Makes a monitor of `state`.
    package init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the state and wakes nobody.
    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Changes the state and lets every waiting thread look at it.
    package func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// What a thread does after it has looked at the state.
    package enum Look<Result> {
        /// Go on with this.
        case found(Result)
        /// Look again after a change.
        case wait
        /// Look again after a change, or when the machine's clock shows this time since the epoch.
        /// The wait follows the clock when somebody sets it.
        case waitUntil(milliseconds: Int64)
    }

    /// Blocks the thread until `body` finds a value.
    package func wait<Result>(until body: (inout State) -> Look<Result>) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch body(&state) {
            case .found(let result):
                return result
            case .wait:
                pthread_cond_wait(condition, mutex)
            case .waitUntil(let milliseconds):
                var deadline = timespec(
                    tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
                pthread_cond_timedwait(condition, mutex, &deadline)
            }
        }
    }
}
