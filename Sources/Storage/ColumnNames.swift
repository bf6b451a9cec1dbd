/// The names of the columns of an answer, shared by its rows.
package final class ColumnNames: Sendable {
    let all: [String]

    /// Makes the names of an answer's columns, in their order.
    package init(_ all: [String]) {
        self.all = all
    }

    /// How many columns there are.
    package var count: Int { all.count }

    // Answers have few columns: looking through them is faster than hashing.
    func position(of name: String) -> Int? { all.firstIndex(of: name) }
}
