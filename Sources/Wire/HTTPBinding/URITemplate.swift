/// The path and query that an operation is bound to: `/{Bucket}/{Key+}?acl`.
package struct URITemplate: Sendable {
    /// A part of a path between two slashes.
    enum Segment: Sendable, Equatable {
        case literal(String)
        case label(String)
        /// `{Key+}`, which takes any number of segments.
        case greedy(String)
    }

    let segments: [Segment]
    /// The parameters that a request must have; with the value where one is given.
    let query: [(name: String, value: String?)]

    init(_ uri: String) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = Self.segments(ofPath: parts[0]).map { segment in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else {
                return .literal(String(segment))
            }
            let name = segment.dropFirst().dropLast()
            return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .label(String(name))
        }
        query = (parts.count == 2 ? parts[1] : "").split(separator: "&").map { item in
            let pair = item.split(separator: "=", maxSplits: 1)
            return (String(pair[0]), pair.count == 2 ? String(pair[1]) : nil)
        }
    }

    /// The segments of a path as it was sent. A slash at the end is part of none, unless segments
    /// are empty on purpose.
    static func segments(ofPath path: some StringProtocol) -> [Substring] {
        var segments = Substring(path).parts(at: "/")
        if segments.first == "" { segments.removeFirst() }
        return segments
    }

    /// The values of the labels, decoded, in a path that the template matches.
    ///
    /// - Throws: `AWSError` `SerializationException` where the percent-encoding is malformed.
    func labels(in path: String) throws -> [String: String] {
        var rest = Self.segments(ofPath: path)[...]
        var labels: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .literal: rest = rest.dropFirst()
            case .label(let name): labels[name] = try Self.decode(rest.popFirst() ?? "")
            case .greedy(let name):
                let count = max(0, rest.count - (segments.count - index - 1))
                labels[name] = try Self.decode(rest.prefix(count).joined(separator: "/"))
                rest = rest.dropFirst(count)
            }
        }
        return labels
    }

    private static func decode(_ text: some StringProtocol) throws -> String {
        guard let decoded = PercentEncoding.decode(text) else {
            throw AWSError("SerializationException", "The path is malformed")
        }
        return decoded
    }
}
