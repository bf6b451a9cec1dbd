extension Shape {
    /// The constraints that `value` does not satisfy.
    func violations(of value: String) -> [String] {
        var found: [String] = []
        if minimum != nil || maximum != nil {
            found = violations(ofLength: value.unicodeScalars.count)
        }
        // What is far too long is not matched, so that the work is bounded by the shape.
        let isTooLong = Double(value.utf8.count) > 4 * (maximum ?? .infinity)
        if let matcher, !isTooLong, !matcher.matches(value) { found.append(patternConstraint) }
        if !enumeration.isEmpty, !enumeration.contains(value) { found.append(enumConstraint) }
        return found
    }

    /// The constraints that a text, blob, list or map of `length` does not satisfy.
    func violations(ofLength length: Int) -> [String] {
        violations(of: Double(length), named: "length")
    }

    /// The constraints that `value` does not satisfy.
    func violations(of value: Double) -> [String] { violations(of: value, named: "value") }

    /// Every constraint of a text or number.
    var allConstraints: [String] {
        let isNumber = [.integer, .long, .float, .double].contains(kind)
        let name = isNumber ? "value" : "length"
        var constraints: [String] = []
        if let maximum { constraints.append(Self.bound("less", name, maximum)) }
        if let minimum { constraints.append(Self.bound("greater", name, minimum)) }
        if matcher != nil { constraints.append(patternConstraint) }
        if !enumeration.isEmpty { constraints.append(enumConstraint) }
        return constraints
    }

    private func violations(of number: Double, named name: String) -> [String] {
        if let maximum, number > maximum { return [Self.bound("less", name, maximum)] }
        if let minimum, number < minimum { return [Self.bound("greater", name, minimum)] }
        return []
    }

    private static func bound(_ side: String, _ name: String, _ number: Double) -> String {
        "Member must have \(name) \(side) than or equal to \(DoubleText.text(of: number))"
    }

    private var patternConstraint: String {
        "Member must satisfy regular expression pattern: \(matcher?.pattern ?? "")"
    }

    private var enumConstraint: String {
        "Member must satisfy enum value set: [\(enumeration.joined(separator: ", "))]"
    }
}
