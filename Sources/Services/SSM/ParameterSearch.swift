import SSMModel
import ServiceKit
import Storage
import Wire

/// Finds parameters by filters, page by page, in the order of their names.
struct ParameterSearch: Sendable {
    let database: any Database

    func page(
        _ filters: [ParameterFilter], prefix: String, after: String, limit: Int,
        in context: RequestContext
    ) async throws -> (versions: [ParameterVersion], nextToken: String?) {
        let found = try await database.read { transaction in
            var found: [ParameterVersion] = []
            var after = after
            while found.count <= limit {
                let batch = try transaction.latest(
                    account: context.account, region: context.region, prefix: prefix,
                    after: after, limit: SSMLimits.filteredAtOnce)
                for version in batch where try Self.matches(version, filters, in: transaction) {
                    found.append(version)
                }
                guard batch.count == SSMLimits.filteredAtOnce, let last = batch.last else { break }
                after = last.place.path
            }
            return found
        }
        let versions = Array(found.prefix(limit))
        let isCut = found.count > limit
        return (
            versions, isCut ? versions.last.map { PageToken.text(after: $0.place.path) } : nil
        )
    }

    private static func matches(
        _ version: ParameterVersion, _ filters: [ParameterFilter],
        in transaction: any ReadTransaction
    ) throws -> Bool {
        var belongings = ParameterFilter.Belongings()
        if filters.contains(where: \.wantsTags) {
            belongings.tags = try transaction.tags(of: version.place)
        }
        if filters.contains(where: \.wantsLabels) {
            belongings.labels = try transaction.labels(
                of: version.place, version: version.version)
        }
        return filters.allSatisfy { $0.matches(version, belongings) }
    }
}
