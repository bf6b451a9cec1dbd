import Wire

/// How many things a page may have.
enum PageSize {
    /// What a request asks for, within what S3 gives.
    ///
    /// - Throws: `InvalidArgument`.
    static func checked(_ asked: Int?, _ name: String) throws -> Int {
        guard let asked else { return S3Limits.pageItems }
        guard (0...Int(Int32.max)).contains(asked) else {
            throw S3Failure.argument(
                "Argument \(name) must be an integer between 0 and 2147483647", name,
                String(asked))
        }
        return min(asked, S3Limits.pageItems)
    }
}
