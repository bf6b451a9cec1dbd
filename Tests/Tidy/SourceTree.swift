import Foundation

/// A source file of ours.
struct SourceFile: CustomStringConvertible, Sendable {
    /// The path from the root of the repository.
    let path: String
    let lines: [Substring]

    var description: String { path }

    /// The lines without what stands in comments and string literals of one line, so that words in them are not taken for code.
    var code: [(number: Int, text: String)] {
        lines.enumerated().map { ($0 + 1, Self.codeOnly($1)) }
    }

    private static func codeOnly(_ line: Substring) -> String {
        var kept = ""
        var isInString = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" { isInString.toggle() }
            if !isInString, character == "/", previous == "/" {
                kept.removeLast()
                break
            }
            if !isInString { kept.append(character) }
            previous = character
        }
        return kept
    }
}

/// The repository that these tests stand in.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below `folders` that is written by hand.
    static func files(in folders: String...) -> [SourceFile] {
        folders.flatMap { folder in
            paths(below: folder).filter {
                $0.hasSuffix(".swift") && !$0.contains("/Generated/")
                    && !$0.contains("/EmbeddedRuntimes/") && !$0.contains("/.build/")
            }
        }.map { path in
            SourceFile(
                path: path,
                lines: text(of: path).split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    /// The text of the file at `path`, empty where there is none.
    static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// Every path below `folder`, sorted.
    static func paths(below folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        return (found?.compactMap { $0 as? String } ?? []).sorted().map { "\(folder)/\($0)" }
    }
}
