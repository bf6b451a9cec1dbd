import SSMModel
import Wire

/// Where a page ended, encoded so that nobody builds on it.
enum PageToken {
    static func text(after name: String) -> String { Base64.encode(Array(name.utf8)) }

    /// The name after which to go on; empty for the first page.
    ///
    /// - Throws: `InvalidNextToken`.
    static func name(in token: String?) throws -> String {
        guard let token else { return "" }
        guard let bytes = Base64.decode(token.utf8), !bytes.contains(0),
            let name = String(validating: bytes, as: UTF8.self)
        else { throw SSMFailure.invalidToken }
        return name
    }
}
