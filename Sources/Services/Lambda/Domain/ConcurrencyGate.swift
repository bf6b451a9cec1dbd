import LambdaModel
import ServiceKit
import Synchronization

/// Counts the invocations that are under way on this node, those of functions with reserved concurrency apart.
final class ConcurrencyGate: Sendable {
    private enum Pool: Hashable {
        case unreserved(account: String, region: String)
        case function(FunctionKey)
    }

    private let underWay = Mutex<[Pool: Int]>([:])

    /// Does `work` as one of the invocations under way.
    ///
    /// - Throws: `TooManyRequestsException` at the limit; what `work` throws.
    func pass<Result>(
        for key: FunctionKey, within quota: ConcurrencyQuota,
        _ work: (_ concurrent: Int) async throws -> Result
    ) async throws -> Result {
        let pool: Pool =
            quota.reserved == nil
            ? .unreserved(account: key.account, region: key.region) : .function(key)
        let limit = quota.reserved ?? quota.unreserved
        let place = underWay.withLock { underWay -> Int? in
            let count = underWay[pool, default: 0]
            guard count < limit else { return nil }
            underWay[pool] = count + 1
            return count + 1
        }
        guard let place else { throw LambdaRefusal.throttled(isReserved: quota.reserved != nil) }
        defer {
            underWay.withLock { underWay in
                let left = underWay[pool, default: 1] - 1
                underWay[pool] = left == 0 ? nil : left
            }
        }
        return try await work(place)
    }
}
