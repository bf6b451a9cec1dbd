/// Where a value stands: its shape, and the member through which it was reached.
///
/// The member carries what the model says of this use of the shape: wire name, flattening,
/// timestamp format, XML namespace.
package struct Place {
    /// The value's own shape.
    package let shape: Shape
    /// The structure, list or map that contains the value; `nil` for the outermost value.
    package let owner: Shape?
    /// The position of the member in `owner`: a list's element is 0, a map's key 0 and its value 1.
    package let position: Int

    /// Makes the place of the member at `position` of `owner`, or of an outermost value.
    package init(_ shape: Shape, owner: Shape? = nil, position: Int = 0) {
        self.shape = shape
        self.owner = owner
        self.position = position
    }

    /// The member; `nil` for the outermost value.
    package var member: Member? { owner?.members[position] }

    /// Whether a list or map stands flat in what encloses it.
    package var isFlattened: Bool { shape.isFlattened || member?.isFlattened == true }

    /// The format of a timestamp that stands here.
    package func timestampFormat(default format: TimestampFormat) -> TimestampFormat {
        member?.timestampFormat ?? shape.timestampFormat ?? format
    }
}
