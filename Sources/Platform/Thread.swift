internal import Glibc
internal import Synchronization

/// A thread of our own, for work that blocks and so has no place on the threads of Swift's tasks.
package final class Thread: Sendable {
    /// What a thread may put on its stack.
    private static let stackBytes = 1 << 20

    private let handle: pthread_t
    private let joined = Atomic<Bool>(false)

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameter name: shown by `top` and debuggers, at most 15 bytes.
    package init(name: StaticString, body: @escaping @Sendable () -> Void) {
        precondition(name.utf8CodeUnitCount <= 15, "Linux keeps 15 bytes of a thread's name")
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        var handle = pthread_t()
        let box = Unmanaged.passRetained(Body(name: name, body))
        let result = pthread_create(
            &handle, &attributes,
            { box in
                // SAFETY: the pointer is that of the `Body` retained above, and is taken here once.
                let body = Unmanaged<Body>.fromOpaque(box!).takeRetainedValue()
                body.run()
                return nil
            }, box.toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(result == 0, "the system starts no more threads (error \(result))")
        self.handle = handle
    }

    /// Blocks until the thread has ended.
    package func join() {
        guard !joined.exchange(true, ordering: .acquiringAndReleasing) else { return }
        pthread_join(handle, nil)
    }

    deinit {
        if !joined.load(ordering: .acquiring) { pthread_detach(handle) }
    }

    private final class Body: Sendable {
        private let name: StaticString
        private let body: @Sendable () -> Void

        init(name: StaticString, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            // Swift does not see `pthread_setname_np`; the name helps people only, so failing is
            // fine.
            let file = open("/proc/thread-self/comm", O_WRONLY)
            if file >= 0 {
                _ = write(file, name.utf8Start, name.utf8CodeUnitCount)
                close(file)
            }
            body()
        }
    }
}
