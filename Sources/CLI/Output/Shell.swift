import ArgumentParser
import Wire

/// The shells for which `apus env` writes.
enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case fish
    case json

    /// The text that sets variables.
    func text(_ variables: [(String, String)]) -> String {
        switch self {
        case .bash:
            variables.map { "export \($0)=\(Self.quoted($1))" }.joined(separator: "\n")
        case .fish:
            variables.map { "set -gx \($0) \(Self.quoted($1))" }.joined(separator: "\n")
        case .json:
            Document.object(
                Dictionary(uniqueKeysWithValues: variables.map { ($0, .string($1)) })
            ).jsonText
        }
    }

    /// The value as one word of a shell, whatever is in it.
    private static func quoted(_ value: String) -> String {
        let plain = value.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter && byte < 128
                || 48...57 ~= byte || "-._:/".utf8.contains(byte)
        }
        if plain, !value.isEmpty { return value }
        return "'"
            + value.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
