import ServiceKit
import Synchronization

/// Counts the invocations that an account has under way in a region, on this node.
final class ConcurrencyGate: Sendable {
    private struct Pool: Hashable {
        let account: String
        let region: String
    }

    private let limit: Int
    private let underWay = Mutex<[Pool: Int]>([:])

    init(limit: Int = LambdaLimits.concurrentExecutions) {
        self.limit = limit
    }

    /// Does `work` as one of the invocations under way.
    ///
    /// - Throws: `TooManyRequestsException` at the limit; what `work` throws.
    func pass<Result>(
        for key: FunctionKey, _ work: () async throws -> Result
    ) async throws -> Result {
        let pool = Pool(account: key.account, region: key.region)
        let isFree = underWay.withLock { underWay in
            guard underWay[pool, default: 0] < limit else { return false }
            underWay[pool, default: 0] += 1
            return true
        }
        guard isFree else { throw LambdaRefusal.throttled }
        defer {
            underWay.withLock { underWay in
                let left = underWay[pool, default: 1] - 1
                underWay[pool] = left == 0 ? nil : left
            }
        }
        return try await work()
    }
}
