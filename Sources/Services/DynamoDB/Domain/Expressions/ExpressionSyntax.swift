/// A document path as it is written, placeholders included.
struct PathSyntax {
    enum Part {
        case name(Substring)
        case placeholder(Substring)
        case index(Substring)
    }

    let parts: [Part]
}

/// An operand as it is written.
indirect enum OperandSyntax {
    case path(PathSyntax)
    /// `:value`
    case value(Substring)
    case function(Substring, [OperandSyntax])
    /// `+` or `-`, in updates alone.
    case arithmetic(Substring, OperandSyntax, OperandSyntax)
}

/// A condition as it is written.
indirect enum ConditionSyntax {
    case comparison(Substring, OperandSyntax, OperandSyntax)
    case between(OperandSyntax, OperandSyntax, OperandSyntax)
    case membership(OperandSyntax, [OperandSyntax])
    case function(Substring, [OperandSyntax])
    case and(ConditionSyntax, ConditionSyntax)
    case or(ConditionSyntax, ConditionSyntax)
    case not(ConditionSyntax)
}

/// A clause of an update as it is written.
struct UpdateSyntax {
    enum Section: String {
        case set = "SET"
        case remove = "REMOVE"
        case add = "ADD"
        case delete = "DELETE"
    }

    struct Action {
        let path: PathSyntax
        /// What is assigned, added or deleted; removals have none.
        let operand: OperandSyntax?
    }

    let section: Section
    let actions: [Action]
}
