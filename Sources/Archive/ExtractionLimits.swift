/// How much an archive may hold.
package struct ExtractionLimits: Sendable {
    /// All of its files together, uncompressed.
    package let bytes: Int
    /// Files, directories and links.
    package let entries: Int

    /// Makes limits.
    package init(bytes: Int, entries: Int) {
        self.bytes = bytes
        self.entries = entries
    }
}
