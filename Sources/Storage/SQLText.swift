/// Rewrites of SQL that leave what stands in quotes and comments alone.
package enum SQLText {
    /// Replaces each `?` by what `parameter` answers for its number, counted from 1.
    package static func replacingParameters(
        in sql: String, with parameter: (Int) -> String
    ) -> String {
        var count = 0
        return rewrite(sql) { token in
            guard token == "?" else { return nil }
            count += 1
            return parameter(count)
        }
    }

    /// Replaces words, upper case, by others.
    package static func replacingWords(in sql: String, with words: [String: String]) -> String {
        rewrite(sql) { words[String($0)] }
    }

    /// Hands each word and each `?` outside of quotes and comments to `replace` and puts its
    /// answer, if any, there.
    private static func rewrite(_ sql: String, _ replace: (Substring) -> String?) -> String {
        var result = ""
        var rest = sql[...]
        while let first = rest.first {
            let token: Substring
            switch first {
            case "'", "\"":
                let end =
                    rest.dropFirst().firstIndex(of: first) ?? rest.index(before: rest.endIndex)
                token = rest[...end]
                result += token
            case "-" where rest.hasPrefix("--"):
                token = rest.prefix { !$0.isNewline }
                result += token
            case _ where first.isLetter || first == "_":
                token = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                result += replace(token) ?? String(token)
            default:
                token = rest.prefix(1)
                result += replace(token) ?? String(token)
            }
            rest = rest[token.endIndex...]
        }
        return result
    }
}
