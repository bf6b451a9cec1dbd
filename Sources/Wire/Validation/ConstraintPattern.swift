import Synchronization

/// The regular expression that a string must match whole; compiled at its first use.
package final class ConstraintPattern: Sendable {
    private enum State: Sendable {
        case notCompiled
        case compiled(Matcher)
        case unsupported(String)
    }

    /// Most of the models' expressions are one character class, repeated; those need no machine.
    private enum Matcher: Sendable {
        case repeated(ScalarSet, least: Int, most: Int?)
        case program(PatternProgram)
    }

    /// The expression as the model gives it.
    package let pattern: String
    private let state: Mutex<State> = Mutex(.notCompiled)

    /// Makes a pattern; compiles nothing yet.
    package init(_ pattern: String) { self.pattern = pattern }

    /// Whether `text` satisfies the expression. Every text satisfies an expression that is not
    /// supported.
    package func matches(_ text: String) -> Bool {
        guard case .compiled(let matcher) = compiled() else { return true }
        switch matcher {
        case .repeated(let set, let least, let most):
            let scalars = text.unicodeScalars
            return scalars.allSatisfy { set.contains($0.value) } && scalars.count >= least
                && scalars.count <= most ?? .max
        case .program(let program):
            var machine = PatternMachine(program, over: text.unicodeScalars.map(\.value))
            return machine.matchesWhole()
        }
    }

    /// What in the expression is not supported; `nil` where all of it is.
    package var unsupported: String? {
        guard case .unsupported(let what) = compiled() else { return nil }
        return what
    }

    private func compiled() -> State {
        state.withLock { state in
            if case .notCompiled = state { state = Self.compile(pattern) }
            return state
        }
    }

    private static func compile(_ pattern: String) -> State {
        do {
            var parser = PatternParser(pattern)
            let node = try parser.parse()
            if let simple = simple(node) { return .compiled(simple) }
            return .compiled(.program(try PatternProgram(node)))
        } catch let error as PatternParser.Unsupported {
            return .unsupported(error.what)
        } catch {
            preconditionFailure("the parser throws nothing else: \(error)")
        }
    }

    /// The node as one repeated class, with or without anchors.
    private static func simple(_ node: PatternNode) -> Matcher? {
        guard case .sequence(var parts) = node else { return nil }
        if case .start? = parts.first { parts.removeFirst() }
        if case .end? = parts.last { parts.removeLast() }
        guard parts.count == 1 else { return nil }
        switch parts[0] {
        case .sequence: return simple(parts[0])
        case .repetition(.set(let set), let least, let most):
            return .repeated(set, least: least, most: most)
        default: return nil
        }
    }
}
