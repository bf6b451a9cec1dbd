/// A value that does not satisfy a constraint of its shape.
package struct ConstraintViolation: Sendable, Hashable {
    /// Beyond this number violations are not gathered: nobody reads on, and a message must not grow
    /// with a hostile input.
    package static let greatestCount = 50
    /// Longer values are left out of messages.
    private static let greatestValueLength = 2048

    /// Where the value stands, as AWS's messages spell it: `tags.1.member.key`.
    package let path: String
    /// The value as text; `nil` where a message leaves it out.
    package let value: String?
    /// Whether there is no value at all.
    package let isNull: Bool
    /// What the value must satisfy: `Member must have length less than or equal to 128`.
    package let constraint: String

    init(path: String, value: String?, constraint: String) {
        self.path = path
        self.value = value.flatMap { $0.utf8.count <= Self.greatestValueLength ? $0 : nil }
        self.isNull = false
        self.constraint = constraint
    }

    private init(nullAt path: String) {
        self.path = path
        self.value = nil
        self.isNull = true
        self.constraint = "Member must not be null"
    }

    /// A required member that is not there.
    static func null(at path: String) -> ConstraintViolation { ConstraintViolation(nullAt: path) }

    /// The sentence of this violation in a message.
    package var text: String {
        let shown = isNull ? " null" : value.map { " '\($0)'" } ?? ""
        return "Value\(shown) at '\(path)' failed to satisfy constraint: \(constraint)"
    }

    /// How paths spell a member: its name, beginning in lower case.
    static func pathName(of member: Member) -> String {
        member.name.prefix(1).lowercased() + member.name.dropFirst()
    }
}
