import ServiceLifecycle

/// Work beside the gateway that ends, by cancellation, once the gateway has drained.
struct BackgroundWork: Service, CustomStringConvertible {
    let description: String
    let work: @Sendable () async throws -> Void

    init(_ description: String, _ work: @escaping @Sendable () async throws -> Void) {
        self.description = description
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
