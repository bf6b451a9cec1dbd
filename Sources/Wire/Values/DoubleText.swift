/// How the protocols write floating-point numbers as text.
package enum DoubleText {
    /// The shortest text that reads back as `value`; whole numbers have no fraction.
    package static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if let whole = Int64(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
        return value.description
    }

    /// The number that `text` stands for; `nil` where it stands for none.
    package static func value(of text: String) -> Double? {
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default:
            // Swift's own reading also takes hexadecimal, "inf" and "nan", which no protocol has.
            let isDecimal = text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                    UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                    true
                default: false
                }
            }
            guard isDecimal, let value = Double(text), value.isFinite else { return nil }
            return value
        }
    }
}
