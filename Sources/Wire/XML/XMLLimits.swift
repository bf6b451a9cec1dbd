/// The bounds of the XML documents that are read.
enum XMLLimits {
    /// Elements inside each other. The deepest input of any service has about a dozen.
    static let depth = 64
    /// Elements of one document. The largest that AWS takes names 10,000 parts of an upload, with
    /// nine elements a part.
    static let elements = 250_000
    /// Attributes of one element.
    static let attributes = 64
}
