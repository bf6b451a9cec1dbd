import Storage

/// What a route leads to: `integrations/<id>`.
enum RouteTarget {
    /// - Throws: `BadRequestException` where `target` is of another form; `NotFoundException` where
    ///   there is no such integration.
    static func check(_ target: String, of api: APIRecord, in transaction: any ReadTransaction)
        throws
    {
        let prefix = "integrations/"
        guard target.hasPrefix(prefix), target.utf8.count > prefix.utf8.count else {
            throw APIRefusal.badRequest(
                "Invalid target specified. Format should be \"integrations/<integration id>\"")
        }
        _ = try transaction.integration(String(target.dropFirst(prefix.count)), of: api)
    }
}
