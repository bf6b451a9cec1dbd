/// A part of a regular expression.
indirect enum PatternNode: Sendable {
    case set(ScalarSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// `most` is `nil` without a limit.
    case repetition(PatternNode, least: Int, most: Int?)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    /// `(?=…)` and `(?!…)`, or, looking behind, `(?<=…)` and `(?<!…)`.
    case look(PatternNode, isBehind: Bool, isNegated: Bool)

    /// The expression that matches the same text read backwards.
    var reversed: PatternNode {
        switch self {
        case .sequence(let parts): .sequence(parts.reversed().map(\.reversed))
        case .alternatives(let parts): .alternatives(parts.map(\.reversed))
        case .repetition(let part, let least, let most):
            .repetition(part.reversed, least: least, most: most)
        // Assertions look at a position, which is the same from both sides.
        case .set, .start, .end, .wordBoundary, .look: self
        }
    }
}
