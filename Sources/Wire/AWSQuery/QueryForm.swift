/// A form (`application/x-www-form-urlencoded`) as a tree: `Tags.member.1.Key=a` is a leaf four branches down.
struct QueryForm: Equatable, Sendable {
    /// The value that stands at this very name.
    private(set) var value: String?
    /// What stands below, by the next part of the name.
    private(set) var children: [String: QueryForm] = [:]

    init() {}

    /// Takes in the parameters of `text`; of parameters of the same name the last counts.
    ///
    /// - Throws: `AWSError` `MalformedQueryString` where the text is no form or exceeds `QueryLimits`.
    mutating func add(parsing text: some Collection<UInt8>) throws {
        var count = 0
        for parameter in text.split(separator: UInt8(ascii: "&")) {
            count += 1
            guard count <= QueryLimits.parameters else {
                throw Self.malformed("The request has too many parameters")
            }
            let parts = parameter.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]),
                let value = parts.count == 2 ? Self.decode(parts[1]) : ""
            else { throw Self.malformed("The request has a malformed escape sequence") }
            let path = name.split(separator: ".", omittingEmptySubsequences: false)
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

    private mutating func insert(_ value: String, at path: ArraySlice<Substring>) {
        guard let part = path.first else {
            self.value = value
            return
        }
        children[String(part), default: QueryForm()].insert(value, at: path.dropFirst())
    }

    /// Resolves `+` and `%XX`; `nil` where an escape is malformed or the bytes are not UTF-8.
    private static func decode(_ text: some Sequence<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.underestimatedCount)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit)
                else { return nil }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }

    private static func malformed(_ message: String) -> AWSError {
        AWSError("MalformedQueryString", message, status: 400)
    }
}
