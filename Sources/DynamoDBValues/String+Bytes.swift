// DynamoDB compares strings by their UTF-8 bytes, where Swift holds canonically equivalent texts for equal.
extension String {
    /// Whether both have the same UTF-8 bytes.
    package func equalsByBytes(_ other: String) -> Bool {
        // Texts that Swift holds for unequal have other bytes as well, and finding that out is quicker.
        self == other && (utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8))
    }

    /// Whether this comes first in the order of UTF-8 bytes.
    package func precedesByBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
