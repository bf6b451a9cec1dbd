/// A page of a list that is ordered by identifiers.
struct Page<Item: Sendable>: Sendable {
    let items: [Item]
    /// The identifier that the page ended with, where another page follows.
    let nextToken: String?

    /// The page of `all` that a request asks for.
    ///
    /// - Throws: `BadRequestException` for a number of items that is none.
    init(
        of all: [Item], maxResults: String?, nextToken: String?, id: KeyPath<Item, String>
    ) throws {
        let limit = try Self.limit(maxResults)
        let rest = all.drop { item in nextToken.map { item[keyPath: id] <= $0 } ?? false }
        items = Array(rest.prefix(limit))
        self.nextToken = rest.count > limit ? items.last?[keyPath: id] : nil
    }

    /// How many items a page holds.
    ///
    /// - Throws: `BadRequestException`.
    private static func limit(_ maxResults: String?) throws -> Int {
        guard let maxResults else { return APIGatewayV2Limits.pageItems }
        guard let limit = Int(maxResults), limit > 0 else {
            throw APIRefusal.badRequest("Invalid value for maxResults")
        }
        return min(limit, APIGatewayV2Limits.pageItems)
    }
}
