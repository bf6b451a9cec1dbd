/// Reads values of ASN.1 in their distinguished encoding, one after the other.
package struct DERReader {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Whether a value of this tag comes next.
    package func isNext(_ tag: UInt8) -> Bool { rest.first == tag }

    /// The content of the next value; `nil` where it has another tag or is cut off.
    package mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard isNext(tag) else { return nil }
        var length = 0
        var content = rest.dropFirst()
        guard let first = content.popFirst() else { return nil }
        if first < 0x80 {
            length = Int(first)
        } else {
            let count = Int(first & 0x7F)
            guard (1...3).contains(count), content.count >= count else { return nil }
            for _ in 0..<count { length = length << 8 | Int(content.removeFirst()) }
        }
        guard content.count >= length else { return nil }
        rest = content.dropFirst(length)
        return content.prefix(length)
    }

    /// The next value with its tag and length; `nil` where it has another tag or is cut off.
    package mutating func nextWhole(_ tag: UInt8) -> ArraySlice<UInt8>? {
        let start = rest
        guard next(tag) != nil else { return nil }
        return start[..<rest.startIndex]
    }
}
