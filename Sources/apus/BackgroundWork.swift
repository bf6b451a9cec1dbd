import ServiceLifecycle

/// Work beside the gateway that ends, by cancellation, once the gateway has drained.
struct BackgroundWork: Service {
    let work: @Sendable () async throws -> Void

    init(_ work: @escaping @Sendable () async throws -> Void) {
        self.work = work
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await work()
            } catch is CancellationError {
            }
            // A service without background work is there until the end all the same.
            try? await gracefulShutdown()
        }
    }
}
