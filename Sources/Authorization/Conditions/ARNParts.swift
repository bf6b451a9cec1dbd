/// The colon-separated parts of an ARN.
enum ARNParts {
    private static let count = 6

    /// The six parts of a value; colons after the fifth belong to the last part.
    static func split(_ text: String) -> [Substring] {
        text.split(separator: ":", maxSplits: count - 1, omittingEmptySubsequences: false)
    }

    /// The six parts of a policy's text, in which the colons of variables are none of the ARN's.
    static func splitTemplate(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var isVariable = false
        var index = start
        while index < text.endIndex, parts.count < count - 1 {
            let next = text.index(after: index)
            switch text[index] {
            case "$" where next < text.endIndex && text[next] == "{": isVariable = true
            case "}": isVariable = false
            case ":" where !isVariable:
                parts.append(text[start..<index])
                start = next
            default: break
            }
            index = next
        }
        return parts + [text[start...]]
    }
}
