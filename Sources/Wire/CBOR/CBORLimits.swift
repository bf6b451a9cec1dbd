/// The bounds of the CBOR items that are read.
enum CBORLimits {
    /// Items inside each other, tags included.
    static let depth = 128
}
