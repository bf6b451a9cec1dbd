/// What a list or map of scalars violates; it is reported as one value, as AWS does:
/// `Value '[x]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint:
/// […]`.
final class CollectionViolations {
    /// Longer collections are not shown in messages.
    private static let greatestShownCount = 100

    private let shape: Shape
    private let element: Shape
    private let isScalar: Bool
    private var texts: [String] = []
    private var violatesKey: Shape?
    private var violatesElement = false

    init(of shape: Shape, element: Shape) {
        self.shape = shape
        self.element = element
        switch element.kind {
        case .structure, .union, .list, .map, .document, .blob: self.isScalar = false
        default: self.isScalar = true
        }
    }

    func addKey(_ key: String, of shape: Shape) {
        if shape.isConstrained, !shape.violations(of: key).isEmpty { violatesKey = shape }
    }

    func addElement(_ text: String?, found: [String], key: String) {
        if !found.isEmpty { violatesElement = true }
        guard texts.count <= Self.greatestShownCount, let text else { return }
        texts.append(shape.kind == .map ? "\(key)=\(text)" : text)
    }

    /// The constraints that a collection of `count` elements does not satisfy.
    func constraints(count: Int) -> [String] {
        var found = shape.violations(ofLength: count)
        if let key = violatesKey {
            found.append("Map keys must satisfy constraint: \(Self.all(key))")
        }
        if violatesElement {
            let subject = shape.kind == .map ? "Map value" : "Member"
            found.append("\(subject) must satisfy constraint: \(Self.all(element))")
        }
        return found
    }

    /// The collection as messages show it; `nil` where they leave it out.
    func text(count: Int) -> String? {
        guard texts.count == count, isScalar || count == 0 else { return nil }
        let list = texts.joined(separator: ", ")
        return shape.kind == .map ? "{\(list)}" : "[\(list)]"
    }

    private static func all(_ shape: Shape) -> String {
        "[\((shape.allConstraints + ["Member must not be null"]).joined(separator: ", "))]"
    }
}
