/// What is wrong with an XML document.
struct XMLError: Error, Equatable {
    let message: String
    /// Where, in bytes from the start.
    let offset: Int
}
