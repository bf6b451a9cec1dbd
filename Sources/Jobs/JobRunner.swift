internal import Logging
internal import Platform
internal import Storage
internal import Synchronization

/// The loop that leases jobs, has them done, and writes down what became of them.
struct JobRunner: Sendable {
    let queue: JobQueue
    let handlers: [String: JobHandler]
    private let running = Running()

    init(queue: JobQueue, handlers: [String: JobHandler]) {
        self.queue = queue
        self.handlers = handlers
    }

    func run() async {
    }
}

final class Running: Sendable {
}
