import Wire

/// Names values in a JSON message: `$.requests[0].status`.
struct JSONSelector: Sendable {
    private enum Step: Sendable {
        case member(String)
        case element(Int)
        case everyElement
    }

    private var steps: [Step] = []

    init(_ scanner: inout PatternScanner) throws {
        try scanner.expect("$")
        while true {
            if scanner.take(".") {
                let name = scanner.take { $0.isTermCharacter || $0 == "-" || $0 == "@" }
                guard !name.isEmpty else { throw scanner.invalid() }
                steps.append(.member(name))
            } else if scanner.take("[") {
                if scanner.take("*") {
                    steps.append(.everyElement)
                } else {
                    let digits = scanner.take { ("0"..."9").contains($0) }
                    guard let index = Int(digits) else { throw scanner.invalid() }
                    steps.append(.element(index))
                }
                try scanner.expect("]")
            } else {
                break
            }
        }
        guard !steps.isEmpty else { throw scanner.invalid() }
    }

    /// The values in `message` that the selector names.
    func values(in message: Document) -> [Document] {
        var values = [message]
        for step in steps {
            values = values.flatMap { value -> [Document] in
                switch step {
                case .member(let name): value[name].map { [$0] } ?? []
                case .element(let index): value[index].map { [$0] } ?? []
                case .everyElement:
                    if case .array(let elements) = value { elements } else { [] }
                }
            }
        }
        return values
    }
}
