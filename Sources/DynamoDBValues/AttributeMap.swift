/// Attributes by name, in the order of the names' UTF-8.
///
/// Names are compared by their bytes, as DynamoDB does. An item has few attributes, so an array in order serves better than a hash table:
/// it is found in, encoded and compared without hashing.
package struct AttributeMap: Sendable {
    /// An attribute.
    package struct Element: Sendable {
        package let name: String
        package var value: AttributeValue

        /// Names a value.
        package init(name: String, value: AttributeValue) {
            self.name = name
            self.value = value
        }
    }

    private var elements: [Element] = []

    /// Makes an empty map.
    package init() {}

    /// Makes a map of attributes in any order; of those with one name the last counts.
    package init(_ attributes: some Sequence<(name: String, value: AttributeValue)>) {
        var builder = Builder()
        for (name, value) in attributes { builder.append(name, value) }
        self = builder.map
    }

    /// Makes a map of elements in the order of their names, each of which comes once.
    init(ordered elements: [Element]) { self.elements = elements }

    /// The value of an attribute; setting it to `nil` removes the attribute.
    package subscript(name: String) -> AttributeValue? {
        get {
            let index = position(of: name)
            return isFound(name, at: index) ? elements[index].value : nil
        }
        set {
            let index = position(of: name)
            switch (isFound(name, at: index), newValue) {
            case (true, let value?): elements[index].value = value
            case (true, nil): elements.remove(at: index)
            case (false, let value?):
                elements.insert(Element(name: name, value: value), at: index)
            case (false, nil): break
            }
        }
    }

    /// Changes an attribute in place, without a copy of what it contains; `nil` where there is none.
    ///
    /// - Throws: what `change` throws.
    package mutating func modify<Result, Failure: Error>(
        _ name: String, _ change: (inout AttributeValue) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        let index = position(of: name)
        guard isFound(name, at: index) else { return nil }
        return try change(&elements[index].value)
    }

    /// The names, in order.
    package var names: [String] { elements.map(\.name) }

    private func isFound(_ name: String, at index: Int) -> Bool {
        index < elements.count && elements[index].name.equalsByBytes(name)
    }

    /// Where an attribute is, or would be.
    private func position(of name: String) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].name.precedesByBytes(name) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Gathers attributes in any order.
    struct Builder {
        private var elements: [Element] = []
        private var isOrdered = true

        init() {}

        mutating func append(_ name: String, _ value: AttributeValue) {
            if let last = elements.last, !last.name.precedesByBytes(name) { isOrdered = false }
            elements.append(Element(name: name, value: value))
        }

        /// The map; of attributes with one name the last counts.
        var map: AttributeMap {
            if isOrdered { return AttributeMap(ordered: elements) }
            // Sorting keeps the order of what has one name.
            let sorted = elements.sorted { $0.name.precedesByBytes($1.name) }
            var kept: [Element] = []
            kept.reserveCapacity(sorted.count)
            for element in sorted {
                if let last = kept.last, last.name.equalsByBytes(element.name) { kept.removeLast() }
                kept.append(element)
            }
            return AttributeMap(ordered: kept)
        }
    }
}

extension AttributeMap: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { elements.count }
    package subscript(position: Int) -> Element { elements[position] }
}

extension AttributeMap: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}

extension AttributeMap: Hashable {
    package static func == (left: AttributeMap, right: AttributeMap) -> Bool {
        left.elementsEqual(right) { $0.name.equalsByBytes($1.name) && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        for element in elements {
            hasher.combine(element.name)
            hasher.combine(element.value)
        }
    }
}
