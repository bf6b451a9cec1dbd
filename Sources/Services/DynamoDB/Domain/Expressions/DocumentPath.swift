import DynamoDBValues

/// Where a value stands in an item: an attribute, and the way into it.
struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
    enum Step: Hashable, Sendable, CustomStringConvertible {
        case attribute(String)
        case index(Int)

        var description: String {
            switch self {
            case .attribute(let name): name
            case .index(let index): "[\(index)]"
            }
        }
    }

    /// The name of the item's attribute.
    let root: String
    let steps: [Step]

    init(_ root: String, _ steps: Step...) {
        self.init(root, steps)
    }

    init(_ root: String, _ steps: [Step]) {
        self.root = root
        self.steps = steps
    }

    /// The path as messages show it: `[a, b, [1]]`.
    var description: String {
        "[\((["\(root)"] + steps.map(\.description)).joined(separator: ", "))]"
    }

    private var allSteps: [Step] { [.attribute(root)] + steps }

    /// How two paths stand in each other's way.
    enum Collision: String {
        /// One leads through the other, or they are the same.
        case overlap = "overlap"
        /// One takes for a map what the other takes for a list.
        case conflict = "conflict"
    }

    /// How this path and another one stand in each other's way; `nil` where both can be.
    func collision(with other: DocumentPath) -> Collision? {
        for (left, right) in zip(allSteps, other.allSteps) {
            switch (left, right) {
            case (.attribute(let left), .attribute(let right)):
                if !left.equalsByBytes(right) { return nil }
            case (.index(let left), .index(let right)):
                if left != right { return nil }
            default: return .conflict
            }
        }
        return .overlap
    }

    /// Checks that no two paths stand in each other's way.
    ///
    /// - Throws: `ExpressionProblem`.
    static func check(
        _ paths: [DocumentPath], in kind: ExpressionKind
    ) throws(ExpressionProblem) {
        // A few hundred paths fit into an expression, so every pair of one attribute is looked at.
        var byRoot: [String: [DocumentPath]] = [:]
        for path in paths {
            for earlier in byRoot[path.root] ?? [] {
                guard let collision = earlier.collision(with: path) else { continue }
                throw kind.problem(
                    "Two document paths \(collision.rawValue) with each other; "
                        + "must remove or rewrite one of these paths; path one: \(earlier), path two: \(path)"
                )
            }
            byRoot[path.root, default: []].append(path)
        }
    }
}

/// Something that has attributes: an item, decoded or as it is stored.
protocol AttributeSource {
    subscript(name: String) -> AttributeValue? { get }
}

extension Item: AttributeSource {}
extension AttributeMap: AttributeSource {}
extension EncodedItem: AttributeSource {}

extension AttributeSource {
    /// The value at a path; `nil` where nothing is.
    func value(at path: DocumentPath) -> AttributeValue? {
        guard var value = self[path.root] else { return nil }
        for step in path.steps {
            switch (step, value) {
            case (.attribute(let name), .map(let map)):
                guard let next = map[name] else { return nil }
                value = next
            case (.index(let index), .list(let list)):
                guard index < list.count else { return nil }
                value = list[index]
            default: return nil
            }
        }
        return value
    }
}
