/// The parameters of a URI's query or of a form, decoded, in their order.
package struct QueryParameters: Sendable {
    package let items: [(name: String, value: String)]

    /// Reads `a=1&b=2&c`.
    ///
    /// - Throws: `AWSError` `SerializationException` where the percent-encoding is malformed.
    package init(_ query: some StringProtocol) throws {
        items = try query.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(
                    parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else {
                throw AWSError("SerializationException", "The query string is malformed")
            }
            return (name, value)
        }
    }

    /// The values of `name`, in their order.
    package func values(of name: String) -> [String] {
        items.compactMap { $0.name == name ? $0.value : nil }
    }

    /// Whether there is a parameter `name`, with `value` where one is given.
    func contains(_ name: String, _ value: String? = nil) -> Bool {
        items.contains { $0.name == name && (value == nil || $0.value == value) }
    }
}
