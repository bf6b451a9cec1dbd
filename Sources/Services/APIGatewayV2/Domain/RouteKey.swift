import Wire

/// The key of a route: a method and a path, or `$default`.
struct RouteKey: Hashable, Sendable {
    /// One part of a path between slashes.
    enum Segment: Hashable, Sendable {
        /// Just this.
        case text(String)
        /// Anything, under a name: `{id}`.
        case parameter(String)
        /// Everything that follows, under a name: `{proxy+}`.
        case greedy(String)
    }

    private static let methods: Set<String> = [
        "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
    ]

    /// As it was given: `GET /pets/{id}`.
    let text: String
    /// `GET`, or `ANY`; empty for `$default`.
    let method: String
    /// `/pets/{id}`; empty for `$default`.
    let path: String
    let segments: [Segment]

    static let `default` = RouteKey(text: "$default", method: "", path: "", segments: [])

    var isDefault: Bool { method.isEmpty }

    private init(text: String, method: String, path: String, segments: [Segment]) {
        self.text = text
        self.method = method
        self.path = path
        self.segments = segments
    }

    /// Reads a key.
    ///
    /// - Throws: `BadRequestException`.
    init(_ text: String) throws {
        if text == Self.default.text {
            self = .default
            return
        }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.methods.contains(String(parts[0])), parts[1].hasPrefix("/"),
            text.unicodeScalars.allSatisfy({ $0.value > 0x1F && $0.value != 0x7F })
        else {
            throw APIRefusal.badRequest(
                "The provided route key is not formatted properly for HTTP protocol. "
                    + "Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"")
        }
        let segments = try parts[1].dropFirst().split(
            separator: "/", omittingEmptySubsequences: false
        ).map(Self.segment)
        try Self.check(segments)
        self.init(
            text: text, method: String(parts[0]), path: String(parts[1]), segments: segments)
    }

    private static func segment(_ text: Substring) throws -> Segment {
        guard text.contains("{") || text.contains("}") else { return .text(String(text)) }
        guard text.hasPrefix("{"), text.hasSuffix("}") else { throw badPath }
        var name = text.dropFirst().dropLast()
        let isGreedy = name.hasSuffix("+")
        if isGreedy { name.removeLast() }
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard !name.isEmpty, isPlain else { throw badPath }
        return isGreedy ? .greedy(String(name)) : .parameter(String(name))
    }

    private static func check(_ segments: [Segment]) throws {
        var names: Set<String> = []
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .text: continue
            case .greedy where index < segments.count - 1: throw badPath
            case .parameter(let name), .greedy(let name):
                guard names.insert(name).inserted else { throw badPath }
            }
        }
    }

    private static let badPath = APIRefusal.badRequest(
        "The provided route key is not formatted properly for HTTP protocol. Path parameters "
            + "stand alone between slashes, have names of their own, and only the last may be greedy"
    )

    /// What `path`, taken apart at its slashes, means for the parameters; `nil` where the key is for other paths.
    func match(_ parts: [String]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            guard index < parts.count else { return nil }
            switch segment {
            case .text(let text):
                guard text == parts[index] else { return nil }
            case .parameter(let name):
                guard !parts[index].isEmpty else { return nil }
                parameters[name] = parts[index]
            case .greedy(let name):
                let rest = parts[index...].joined(separator: "/")
                guard !rest.isEmpty else { return nil }
                parameters[name] = rest
                return parameters
            }
        }
        return parts.count == segments.count ? parameters : nil
    }
}

extension RouteKey: Comparable {
    /// Keys that are to be tried first come first: full matches before greedy ones, then the more exact path,
    /// then a method before `ANY`; `$default` is last.
    ///
    /// Source: "Create routes for HTTP APIs", "Routing API requests".
    static func < (left: RouteKey, right: RouteKey) -> Bool {
        if left.isDefault || right.isDefault { return !left.isDefault && right.isDefault }
        if left.isGreedy != right.isGreedy { return right.isGreedy }
        for (own, other) in zip(left.segments, right.segments) where own.rank != other.rank {
            return own.rank < other.rank
        }
        if left.segments.count != right.segments.count {
            return left.segments.count > right.segments.count
        }
        return left.method != "ANY" && right.method == "ANY"
    }

    private var isGreedy: Bool {
        guard case .greedy? = segments.last else { return false }
        return true
    }
}

extension RouteKey.Segment {
    fileprivate var rank: Int {
        switch self {
        case .text: 0
        case .parameter: 1
        case .greedy: 2
        }
    }
}
