/// The identifiers of versions.
enum ObjectVersionID {
    /// Whether `text` may be one: `null`, or 32 of the characters that they are made of.
    static func isWellFormed(_ text: String) -> Bool {
        text == ObjectRecord.nullVersion
            || text.utf8.count == 32
                && text.utf8.allSatisfy { byte in
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                }
    }
}
