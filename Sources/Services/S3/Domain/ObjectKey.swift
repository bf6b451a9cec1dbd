/// Keys, whose order is that of their UTF-8 bytes.
enum ObjectKey {
    /// The least key after `key`.
    static func following(_ key: [UInt8]) -> [UInt8] { key + [0] }

    /// The least key after all that begin with `prefix`; `nil` where there is none.
    static func end(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        var end = prefix
        while let last = end.popLast() {
            if last < 0xFF { return end + [last + 1] }
        }
        return nil
    }

    /// What `key` is rolled up to: all up to the first delimiter after the prefix; `nil` where it has none there.
    static func commonPrefix(of key: [UInt8], after prefixLength: Int, _ delimiter: [UInt8])
        -> [UInt8]?
    {
        guard !delimiter.isEmpty, key.count >= prefixLength + delimiter.count else { return nil }
        var start = prefixLength
        while start + delimiter.count <= key.count {
            if key[start] == delimiter[0],
                delimiter.count == 1
                    || key[start..<start + delimiter.count].elementsEqual(delimiter)
            {
                return Array(key[..<(start + delimiter.count)])
            }
            start += 1
        }
        return nil
    }

    static func text(_ key: [UInt8]) -> String { String(decoding: key, as: UTF8.self) }
}
