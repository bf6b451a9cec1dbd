/// The head of a CBOR item, with the content of items that contain no others.
enum CBORToken: Equatable {
    case unsigned(UInt64)
    /// The number -1 - n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    /// An array; `nil` elements where a break ends it.
    case array(Int?)
    /// A map; `nil` entries where a break ends it.
    case map(Int?)
    /// The item that follows is tagged.
    case tag(UInt64)
    case boolean(Bool)
    case null
    case undefined
    case float(Double)
    /// The end of an array or map of indefinite length.
    case end
}
