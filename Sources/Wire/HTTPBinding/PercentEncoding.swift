/// Percent-encoding, as URIs have it (RFC 3986).
package enum PercentEncoding {
    /// The text that `encoded` stands for; `nil` where it is malformed or no UTF-8.
    ///
    /// - Parameter plusIsSpace: whether a plus sign stands for a space, as in forms and queries.
    package static func decode(_ encoded: some StringProtocol, plusIsSpace: Bool = false) -> String?
    {
        let utf8 = encoded.utf8
        guard
            utf8.contains(where: {
                $0 == UInt8(ascii: "%") || plusIsSpace && $0 == UInt8(ascii: "+")
            })
        else { return String(encoded) }
        var bytes: [UInt8] = []
        var rest = utf8.makeIterator()
        while let byte = rest.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.next().flatMap({ digit($0) }),
                    let low = rest.next().flatMap({ digit($0) })
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The text that `encoded` stands for, as far as it can be read: what is no escape stands for itself, and bytes that
    /// are no UTF-8 are replaced.
    ///
    /// - Parameter plusIsSpace: whether a plus sign stands for a space, as in forms and queries.
    package static func decodeLeniently(
        _ encoded: some StringProtocol, plusIsSpace: Bool = false
    ) -> String {
        if let text = decode(encoded, plusIsSpace: plusIsSpace) { return text }
        var bytes: [UInt8] = []
        var rest = Array(encoded.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap({ digit($0) }),
                let low = rest.dropFirst().first.flatMap({ digit($0) })
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let uppercaseDigits: [UInt8] = Array("0123456789ABCDEF".utf8)

    /// The UTF-8 bytes of `text`; all but the unreserved characters of RFC 3986 are escaped.
    ///
    /// - Parameter allowed: further characters that stand for themselves, such as `/` in a path.
    package static func encode(_ text: String, allowing allowed: StaticString = "") -> String {
        let allowed: [UInt8] = allowed.withUTF8Buffer { Array($0) }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || allowed.contains(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(uppercaseDigits[Int(byte >> 4)])
                encoded.append(uppercaseDigits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
