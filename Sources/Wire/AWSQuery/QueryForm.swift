/// A form (`application/x-www-form-urlencoded`) as a tree: `Tags.member.1.Key=a` is a leaf four
/// branches down.
struct QueryForm: Equatable, Sendable {
    /// The value that stands at this very name.
    private(set) var value: String?
    /// What stands below, by the next part of the name.
    private(set) var children: [String: QueryForm] = [:]

    init() {}

    /// Takes in the parameters of `text`; of parameters of the same name the last counts.
    ///
    /// - Throws: `AWSError` `MalformedQueryString` where the text is no form or exceeds `QueryLimits`.
    mutating func add(parsing text: Substring) throws {
        var count = 0
        for parameter in text.utf8.split(separator: UInt8(ascii: "&")) {
            count += 1
            guard count <= QueryLimits.parameters else {
                throw Self.malformed("The request has too many parameters")
            }
            let parts = parameter.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]),
                let value = parts.count == 2 ? Self.decode(parts[1]) : ""
            else { throw Self.malformed("The request has a malformed escape sequence") }
            let path = name.utf8.split(
                separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard path.count <= QueryLimits.depth else {
                throw Self.malformed("The name of a parameter has too many parts")
            }
            insert(value, at: path[...])
        }
    }

    /// The elements of a list or map: the children whose names are numbers, by their number.
    ///
    /// - Throws: `AWSError` `MalformedInput` where another name stands beside them.
    func elements() throws -> [QueryForm] {
        try children.map { name, child in
            guard let index = Int(name), index >= 0 else {
                throw AWSError(
                    "MalformedInput", "Key \(name) found where a number was expected")
            }
            return (index, child)
        }
        .sorted { $0.0 < $1.0 }
        .map(\.1)
    }

    private mutating func insert(_ value: String, at path: ArraySlice<Substring.UTF8View>) {
        guard let part = path.first else {
            self.value = value
            return
        }
        children[String(Substring(part)), default: QueryForm()].insert(value, at: path.dropFirst())
    }

    private static func decode(_ text: Substring.UTF8View) -> String? {
        PercentEncoding.decode(Substring(text), plusIsSpace: true)
    }

    private static func malformed(_ message: String) -> AWSError {
        AWSError("MalformedQueryString", message)
    }
}
