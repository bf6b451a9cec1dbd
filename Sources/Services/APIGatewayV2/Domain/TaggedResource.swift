import ServiceKit
import Storage

/// What tags are on: an API or one of its stages, by an ARN such as `arn:aws:apigateway:us-
/// east-1::/apis/abc/stages/dev`.
struct TaggedResource: Sendable {
    let api: String
    /// Nil for the API itself.
    let stage: String?

    /// - Throws: `NotFoundException`, `BadRequestException`.
    init(_ text: String, in scope: APIScope) throws {
        guard let arn = ARN(text), arn.service == "apigateway" else {
            throw APIRefusal.badRequest("Invalid resource ARN specified")
        }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        switch parts.count {
        case 3 where parts[0].isEmpty && parts[1] == "apis":
            (api, stage) = (parts[2], nil)
        case 5 where parts[0].isEmpty && parts[1] == "apis" && parts[3] == "stages":
            (api, stage) = (parts[2], parts[4])
        default:
            throw APIRefusal.badRequest("Invalid resource ARN specified")
        }
        guard arn.region == scope.region else { throw APIRefusal.noAPI(api, in: scope) }
    }

    /// Its tags.
    func tags(of record: APIRecord, in transaction: any ReadTransaction) throws -> [String: String]
    {
        guard let stage else { return record.tags }
        return try transaction.stage(stage, of: record).tags
    }

    /// Gives it other tags.
    func set(
        _ tags: [String: String], of record: inout APIRecord, in transaction: any WriteTransaction
    ) throws {
        let tags = try Tags.checked(tags)
        guard let stage else {
            record.tags = tags
            return
        }
        var changed = try transaction.stage(stage, of: record)
        changed.tags = tags
        try transaction.save(changed, of: record)
    }
}
