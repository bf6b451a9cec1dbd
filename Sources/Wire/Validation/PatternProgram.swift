/// A regular expression as instructions of a machine that follows all ways at once, so that the
/// time a match takes is at most the length of the text times that of the program, whatever the
/// text is.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case set(Int)
        case jump(Int)
        case split(Int, Int)
        case start
        case end
        case wordBoundary(isNegated: Bool)
        /// Goes on where the look's program matches, or does not.
        case look(Int, isNegated: Bool)
        case match
    }

    /// What looks ahead or behind: a program that is run over the text once, from one of its ends,
    /// and tells at which positions it matches.
    struct Look: Sendable {
        let program: PatternProgram
        let isBehind: Bool
    }

    /// A model's expression has fewer than 1,000 as a rule; counts such as `{1,4096}` multiply
    /// them.
    private static let greatestLength = 40_000

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    private(set) var looks: [Look] = []

    /// Compiles `node`.
    ///
    /// - Throws: `PatternParser.Unsupported` where the program becomes too long.
    init(_ node: PatternNode) throws {
        try append(node)
        instructions.append(.match)
    }

    private mutating func append(_ node: PatternNode) throws {
        guard instructions.count < Self.greatestLength else {
            throw PatternParser.Unsupported(what: "counts this great")
        }
        switch node {
        case .set(let set):
            sets.append(set)
            instructions.append(.set(sets.count - 1))
        case .sequence(let parts): for part in parts { try append(part) }
        case .alternatives(let parts): try append(alternatives: parts[...])
        case .repetition(let part, let least, let most):
            try append(repeating: part, least: least, most: most)
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .wordBoundary(let isNegated): instructions.append(.wordBoundary(isNegated: isNegated))
        case .look(let part, let isBehind, let isNegated):
            let program = try PatternProgram(isBehind ? part : part.reversed)
            looks.append(Look(program: program, isBehind: isBehind))
            instructions.append(.look(looks.count - 1, isNegated: isNegated))
        }
    }

    private mutating func append(alternatives parts: ArraySlice<PatternNode>) throws {
        guard let first = parts.first else { return }
        if parts.count == 1 { return try append(first) }
        let split = instructions.count
        instructions.append(.match)
        try append(first)
        let jump = instructions.count
        instructions.append(.match)
        instructions[split] = .split(split + 1, instructions.count)
        try append(alternatives: parts.dropFirst())
        instructions[jump] = .jump(instructions.count)
    }

    private mutating func append(repeating part: PatternNode, least: Int, most: Int?) throws {
        for _ in 0..<least { try append(part) }
        guard let most else {
            let split = instructions.count
            instructions.append(.match)
            try append(part)
            instructions.append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(most, least) {
            splits.append(instructions.count)
            instructions.append(.match)
            try append(part)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }
}
