import Platform

/// Waits for work no longer than a time.
enum Deadline {
    /// What `work` answers; `nil` where it takes longer than `limit`. The work then goes on by itself.
    ///
    /// - Throws: what `work` throws in time.
    static func wait<Result: Sendable>(
        _ limit: Duration, on clock: any Clock,
        for work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        let (outcomes, continuation) = AsyncThrowingStream<Result, any Error>.makeStream()
        // A task of its own: a function that has begun goes on when the API has given up on it, as it does at AWS.
        Task {
            do {
                continuation.yield(try await work())
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                for try await outcome in outcomes { return outcome }
                return nil
            }
            group.addTask {
                try await clock.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
