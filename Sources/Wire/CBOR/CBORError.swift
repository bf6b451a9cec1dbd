/// What is wrong with a CBOR item.
struct CBORError: BodySyntaxError, Equatable {
    let reason: String
    /// Where, in bytes from the start.
    let offset: Int

    var message: String { "Malformed CBOR at byte \(offset): \(reason)" }
}
