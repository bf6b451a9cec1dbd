/// Runs a `PatternProgram` over a text.
struct PatternMachine {
    private let program: PatternProgram
    private let text: [UInt32]
    /// The positions at which each of the program's looks matches.
    private let looks: [[Bool]]
    /// The instructions that the ways have come to, in the order found, and for each whether it is
    /// among them.
    private var ways: [Int] = []
    private var isReached: [Bool]
    private var stack: [Int] = []

    init(_ program: PatternProgram, over text: [UInt32]) {
        self.program = program
        self.text = text
        self.isReached = [Bool](repeating: false, count: program.instructions.count)
        self.looks = program.looks.map { look in
            var machine = PatternMachine(look.program, over: text)
            return machine.ends(isBackward: !look.isBehind)
        }
    }

    /// Whether the program matches the whole text.
    mutating func matchesWhole() -> Bool {
        follow(0, at: 0)
        for position in text.indices {
            if ways.isEmpty { return false }
            step(over: text[position], to: position + 1)
        }
        return ways.contains { if case .match = program.instructions[$0] { true } else { false } }
    }

    /// The positions at which a match ends that began anywhere. Backward, the text is read from its
    /// end.
    private mutating func ends(isBackward: Bool) -> [Bool] {
        var ends = [Bool](repeating: false, count: text.count + 1)
        for count in 0...text.count {
            let position = isBackward ? text.count - count : count
            if count > 0 { step(over: text[isBackward ? position : position - 1], to: position) }
            follow(0, at: position)
            ends[position] = ways.contains {
                if case .match = program.instructions[$0] { true } else { false }
            }
        }
        return ends
    }

    private mutating func step(over scalar: UInt32, to position: Int) {
        let from = ways
        ways.removeAll(keepingCapacity: true)
        for way in from { isReached[way] = false }
        for way in from {
            if case .set(let set) = program.instructions[way], program.sets[set].contains(scalar) {
                follow(way + 1, at: position)
            }
        }
    }

    /// Adds the instructions that can be come to from `instruction` without taking a scalar.
    private mutating func follow(_ instruction: Int, at position: Int) {
        stack.append(instruction)
        while let next = stack.popLast() {
            if isReached[next] { continue }
            isReached[next] = true
            ways.append(next)
            switch program.instructions[next] {
            case .set, .match: break
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [second, first]
            case .start: if position == 0 { stack.append(next + 1) }
            case .end: if position == text.count { stack.append(next + 1) }
            case .wordBoundary(let isNegated):
                if isWordBoundary(position) != isNegated { stack.append(next + 1) }
            case .look(let look, let isNegated):
                if looks[look][position] != isNegated { stack.append(next + 1) }
            }
        }
    }

    private func isWordBoundary(_ position: Int) -> Bool {
        let before = position > 0 && ScalarSet.words.contains(text[position - 1])
        let after = position < text.count && ScalarSet.words.contains(text[position])
        return before != after
    }
}
