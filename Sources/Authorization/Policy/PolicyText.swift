/// A text of a policy that may hold wildcards and variables: a resource, or a value of a condition.
///
/// Source: "IAM policy elements: Variables and tags" in the IAM User Guide.
struct PolicyText: Sendable {
    private enum Part: Sendable {
        case elements([WildcardPattern.Element])
        case variable(name: String, fallback: String?)
    }

    private enum Form: Sendable {
        case fixed(WildcardPattern)
        case template([Part])
    }

    private let form: Form

    /// Reads `text`.
    ///
    /// - Parameters:
    ///   - hasWildcards: whether `*` and `?` stand for other characters.
    ///   - hasVariables: whether `${…}` is replaced: not before version 2012-10-17.
    init(_ text: String, hasWildcards: Bool, hasVariables: Bool) {
        self.init(
            parts: hasVariables ? Self.parts(text[...], hasWildcards) : nil,
            or: Self.elements(text.utf8, hasWildcards))
    }

    /// Reads a resource. Variables stand in the part after the fifth colon only, and a `*` within one of the parts before ends
    /// with its part.
    ///
    /// Source: "IAM JSON policy elements: Resource".
    init(resource text: String, hasVariables: Bool) {
        let head = text.utf8.indices(of: UInt8(ascii: ":"), count: 5)
        guard let end = head else {
            self.init(text, hasWildcards: true, hasVariables: false)
            return
        }
        let bounded = Self.boundedElements(text.utf8[..<end])
        let rest = text[end...]
        let parts = hasVariables ? Self.parts(rest, true) : nil
        self.init(
            parts: parts.map { [.elements(bounded)] + $0 },
            or: bounded + Self.elements(rest.utf8, true))
    }

    private init(parts: [Part]?, or elements: @autoclosure () -> [WildcardPattern.Element]) {
        if let parts {
            form = .template(parts)
        } else {
            form = .fixed(WildcardPattern(elements()))
        }
    }

    /// Whether the text is `*` alone.
    var isEverything: Bool {
        guard case .fixed(let pattern) = form else { return false }
        return pattern.isEverything
    }

    /// Whether the text stands for `value`. A variable without a value is like nothing.
    func matches(_ value: [UInt8], _ facts: RequestFacts) -> Bool {
        pattern(facts)?.matches(value) ?? false
    }

    /// The text with its variables replaced, whose values have no wildcards; `nil` where one has no value.
    func pattern(_ facts: RequestFacts) -> WildcardPattern? {
        switch form {
        case .fixed(let pattern): return pattern
        case .template(let parts):
            var elements: [WildcardPattern.Element] = []
            for part in parts {
                switch part {
                case .elements(let more): elements += more
                case .variable(let name, let fallback):
                    let values = facts.values(of: name)
                    // A key of several values cannot be a variable.
                    guard let value = values?.count == 1 ? values?.first : fallback else {
                        return nil
                    }
                    elements += value.utf8.map(WildcardPattern.Element.init)
                }
            }
            return WildcardPattern(elements)
        }
    }

    /// The names of the variables, in lower case.
    var variables: [String] {
        guard case .template(let parts) = form else { return [] }
        return parts.compactMap { part in
            if case .variable(let name, _) = part { name } else { nil }
        }
    }

    /// The text taken apart at its variables; `nil` where it has none, nor `${*}` and the like.
    private static func parts(_ text: Substring, _ hasWildcards: Bool) -> [Part]? {
        var parts: [Part] = []
        var rest = text
        while let open = rest.firstRange(of: "${"),
            let close = rest[open.upperBound...].firstIndex(of: "}")
        {
            parts.append(.elements(elements(rest[..<open.lowerBound].utf8, hasWildcards)))
            parts.append(part(ofVariable: rest[open.upperBound..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if parts.isEmpty { return nil }
        parts.append(.elements(elements(rest.utf8, hasWildcards)))
        return parts
    }

    /// `aws:username`, or with a default `aws:username, 'nobody'`; `*`, `?` and `$` mean themselves.
    private static func part(ofVariable text: Substring) -> Part {
        if ["*", "?", "$"].contains(text) { return .elements(text.utf8.map { UInt16($0) }) }
        let halves = text.split(separator: ",", maxSplits: 1)
        let name = halves.first.map { String($0.filter { $0 != " " }).lowercased() } ?? ""
        var fallback: String?
        if halves.count == 2 {
            let quoted = halves[1].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            if quoted.count >= 2, quoted.first == "'", quoted.last == "'" {
                fallback = String(quoted.dropFirst().dropLast())
            }
        }
        return .variable(name: name, fallback: fallback)
    }

    private static func elements(
        _ text: Substring.UTF8View, _ hasWildcards: Bool
    ) -> [WildcardPattern.Element] {
        text.map { hasWildcards ? WildcardPattern.element($0) : UInt16($0) }
    }

    private static func elements(
        _ text: String.UTF8View, _ hasWildcards: Bool
    ) -> [WildcardPattern.Element] {
        elements(text[...], hasWildcards)
    }

    /// The first five parts of an ARN: a `*` that ends its part may go on into the next ones.
    private static func boundedElements(_ text: Substring.UTF8View) -> [WildcardPattern.Element] {
        let bytes = Array(text)
        return bytes.indices.map { index in
            let endsSegment = index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: ":")
            return switch bytes[index] {
            case UInt8(ascii: "*"):
                endsSegment ? WildcardPattern.any : WildcardPattern.anyWithinSegment
            case UInt8(ascii: "?"): WildcardPattern.oneWithinSegment
            case let byte: UInt16(byte)
            }
        }
    }
}

extension String.UTF8View {
    /// The index after the `count`th `byte`; `nil` where there are fewer.
    fileprivate func indices(of byte: UInt8, count: Int) -> Index? {
        var left = count
        for index in indices where self[index] == byte {
            left -= 1
            if left == 0 { return self.index(after: index) }
        }
        return nil
    }
}
