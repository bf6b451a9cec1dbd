/// The value of a member that stands outside the body's syntax: in a header, the path, the query or
/// the status, or as the raw body.
package indirect enum BoundValue {
    case text(String)
    /// Several values of one query parameter, or of one header.
    case list([String])
    /// The headers of a prefix, or the query parameters that no other member takes.
    case map([(key: String, value: BoundValue)])
    /// The whole body, as it came.
    case body(Body)
}

/// A member that stands outside the body's syntax.
package struct BoundMember {
    /// The member's position in the outermost structure.
    package let position: Int
    package let value: BoundValue

    /// Makes the binding of the member at `position`.
    package init(_ position: Int, _ value: BoundValue) {
        self.position = position
        self.value = value
    }
}
