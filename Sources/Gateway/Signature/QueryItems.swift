import Wire

/// The parameters of a query, decoded, in their order. A malformed one stands for itself: it may be part of a signature.
struct QueryItems: Sendable {
    let all: [(name: String, value: String)]

    /// Parts `query` at its ampersands.
    init(_ query: some StringProtocol) {
        all = query.split(separator: "&").map { parameter in
            let parts = parameter.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decode(parts[0]), parts.count == 2 ? Self.decode(parts[1]) : "")
        }
    }

    /// The first value of a parameter.
    subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    private static func decode(_ text: some StringProtocol) -> String {
        PercentEncoding.decode(text, plusIsSpace: true) ?? String(text)
    }
}
