import DynamoDBValues

/// The parts of items that a request asks for.
struct ProjectionExpression: Hashable, Sendable {
    /// The paths, none of which leads through another one.
    let paths: [DocumentPath]
    /// The names, where whole attributes are asked for.
    private let names: [String]?

    init(paths: [DocumentPath]) {
        self.paths = paths
        self.names = paths.allSatisfy(\.steps.isEmpty) ? paths.map(\.root) : nil
    }

    /// The parts of a stored item; whole attributes are not decoded.
    func item(from item: EncodedItem) -> Item {
        names.map { Item(item.projected(to: $0)) } ?? Item(attributes(of: item))
    }

    /// The parts of an item.
    func attributes(of item: some AttributeSource) -> AttributeMap {
        var tree = Node()
        for path in paths { tree.add(path.steps[...], below: .attribute(path.root)) }
        var result = AttributeMap()
        for (step, node) in tree.children {
            guard case .attribute(let name) = step, let value = item[name],
                let part = node.part(of: value)
            else { continue }
            result[name] = part
        }
        return result
    }

    /// The paths as a tree.
    private struct Node {
        var children: [(step: DocumentPath.Step, node: Node)] = []
        /// Whether a path ends here.
        var isWhole = false

        mutating func add(_ steps: ArraySlice<DocumentPath.Step>, below step: DocumentPath.Step) {
            let index = children.firstIndex { $0.step == step } ?? children.count
            if index == children.count { children.append((step, Node())) }
            if let first = steps.first {
                children[index].node.add(steps.dropFirst(), below: first)
            } else {
                children[index].node.isWhole = true
            }
        }

        /// What the paths name of a value; elements of lists close up, in their order. `nil` where nothing of it is named.
        func part(of value: AttributeValue) -> AttributeValue? {
            if isWhole { return value }
            switch value {
            case .map(let map):
                var result = AttributeMap()
                for (step, node) in children {
                    guard case .attribute(let name) = step, let value = map[name] else { continue }
                    result[name] = node.part(of: value)
                }
                return result.isEmpty ? nil : .map(result)
            case .list(let list):
                var elements: [(index: Int, value: AttributeValue)] = []
                for (step, node) in children {
                    guard case .index(let index) = step, index < list.count,
                        let part = node.part(of: list[index])
                    else { continue }
                    elements.append((index, part))
                }
                let ordered = elements.sorted { $0.index < $1.index }.map(\.value)
                return ordered.isEmpty ? nil : .list(ordered)
            default: return nil
            }
        }
    }
}
