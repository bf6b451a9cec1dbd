extension JSONScanner {
    /// A number as it stands in the text.
    struct Number {
        let range: Range<Int>
        /// Whether it has neither fraction nor exponent.
        let isWhole: Bool
    }

    /// Takes the number that stands next.
    mutating func number() throws(JSONError) -> Number {
        let start = index
        var isWhole = true
        if byte == UInt8(ascii: "-") { index += 1 }
        if byte == UInt8(ascii: "0") {
            index += 1
        } else {
            try digits()
        }
        if byte == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { index += 1 }
            try digits()
        }
        return Number(range: start..<index, isWhole: isWhole)
    }

    /// The whole number that `number` is; `nil` where it has a fraction or does not fit into 64
    /// bits.
    func integer(_ number: Number) -> Int64? {
        guard number.isWhole else { return double(number).flatMap { Int64(exactly: $0) } }
        var rest = bytes[number.range]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var value: Int64 = 0
        for digit in rest {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            // Numbers are gathered below zero, where there is one more of them.
            let (sum, overflowsToo) = product.subtractingReportingOverflow(
                Int64(digit - UInt8(ascii: "0")))
            if overflows || overflowsToo { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The floating-point number nearest to `number`; `nil` where there is none but infinity.
    func double(_ number: Number) -> Double? {
        let value = Double(String(decoding: bytes[number.range], as: UTF8.self))
        return value?.isFinite == true ? value : nil
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func digits() throws(JSONError) {
        guard let first = byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw unexpected()
        }
        while let digit = byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            index += 1
        }
    }
}
