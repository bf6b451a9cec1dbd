/// What tags an API or a stage may have.
enum Tags {
    /// The same tags.
    ///
    /// - Throws: `BadRequestException` for too many, for keys that AWS keeps for itself, and for what is too long.
    static func checked(_ tags: [String: String]) throws -> [String: String] {
        guard tags.count <= APIGatewayV2Limits.tagsPerResource else {
            throw APIRefusal.badRequest(
                "The maximum number of tags is \(APIGatewayV2Limits.tagsPerResource)")
        }
        for (key, value) in tags {
            guard !key.lowercased().hasPrefix("aws:") else {
                throw APIRefusal.badRequest(
                    "Invalid tag key '\(key)': tags that begin with aws: are reserved")
            }
            guard (1...128).contains(key.unicodeScalars.count), value.unicodeScalars.count <= 256
            else { throw APIRefusal.badRequest("Invalid tag '\(key)'") }
        }
        return tags
    }
}
