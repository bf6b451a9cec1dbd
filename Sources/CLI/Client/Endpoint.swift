/// Where Apus is: `http://127.0.0.1:4566`.
struct Endpoint: Equatable, CustomStringConvertible {
    /// The host, and the port where the URL has one.
    let authority: String
    let description: String

    /// Reads a URL that has a scheme and an authority and no more.
    ///
    /// - Throws: `ConfigurationError`.
    init(_ text: String) throws {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        let scheme = ["http://", "https://"].first { trimmed.lowercased().hasPrefix($0) }
        let authority = trimmed.dropFirst(scheme?.count ?? 0)
        guard scheme != nil, !authority.isEmpty,
            authority.allSatisfy({ $0.isASCII && !$0.isWhitespace && !"/?#@\"".contains($0) })
        else {
            throw ConfigurationError(
                "'\(text)' is no endpoint; use a URL such as http://127.0.0.1:4566.")
        }
        self.authority = String(authority)
        self.description = trimmed
    }
}
