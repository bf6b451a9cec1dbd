/// The bounds of the forms that are read.
enum QueryLimits {
    /// Parameters of one request. The largest lists that AWS's query services take have 1,000 elements.
    static let parameters = 25_000
    /// Parts of one parameter's name.
    static let depth = 64
}
