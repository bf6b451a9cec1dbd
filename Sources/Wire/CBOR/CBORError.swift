/// What is wrong with a CBOR item.
struct CBORError: Error, Equatable {
    let message: String
    /// Where, in bytes from the start.
    let offset: Int
}
