/// What came first goes first.
package struct FIFO<Element> {
    private var elements: [Element] = []
    private var head = 0

    /// Makes an empty queue.
    package init() {}

    /// How many elements wait.
    package var count: Int { elements.count - head }

    /// Whether none waits.
    package var isEmpty: Bool { count == 0 }

    /// Puts an element at the end.
    package mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Takes up to `limit` elements from the front.
    package mutating func take(_ limit: Int = .max) -> [Element] {
        let taken = min(limit, count)
        if taken == elements.count {
            let all = elements
            elements = []
            return all
        }
        let front = Array(elements[head..<head + taken])
        head += taken
        // The part before the head is given back when it is the larger one: each element moves once
        // at most.
        if head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return front
    }

    /// Takes the first element, if there is one.
    package mutating func popFirst() -> Element? {
        take(1).first
    }
}

extension FIFO: Sendable where Element: Sendable {}
