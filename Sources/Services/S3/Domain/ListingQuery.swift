/// Which part of a bucket a listing asks for.
struct ListingQuery: Sendable {
    var prefix: [UInt8] = []
    var delimiter: [UInt8] = []
    /// The key, or common prefix, after which to go on.
    var after: [UInt8]?
    /// With versions: the version under the key `after` behind which to go on; nil is behind all of them.
    var afterVersion: String?
    /// With versions: every version is listed, delete markers too.
    var withVersions = false
    /// What is known of the objects beside their columns is wanted, too.
    var withDetails = false
    var limit: Int
}

/// A page of a listing.
struct ListingPage: Sendable {
    /// An object, version or marker.
    struct Entry: Sendable {
        var object: ObjectRecord
        var isLatest: Bool
    }

    var entries: [Entry] = []
    var commonPrefixes: [[UInt8]] = []
    /// Where the next page begins; nil at the end.
    var next: Next?

    struct Next: Sendable {
        /// The last key or common prefix of this page.
        var key: [UInt8]
        var versionID: String?
    }

    var count: Int { entries.count + commonPrefixes.count }
    var isTruncated: Bool { next != nil }
}
