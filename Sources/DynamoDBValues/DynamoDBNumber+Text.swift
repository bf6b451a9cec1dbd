extension DynamoDBNumber {
    /// Reads a decimal text: `-12.50`, `1E-7`.
    ///
    /// - Throws: `DynamoDBNumberError` where it is none, or out of DynamoDB's range or precision.
    package init(_ text: String) throws(DynamoDBNumberError) {
        var scan = DecimalScan()
        for byte in text.utf8 where !scan.take(byte) { throw .notNumeric(text) }
        guard scan.isComplete else { throw .notNumeric(text) }
        try self.init(scan)
    }

    /// Reads a text that this type has written.
    init(canonical utf8: UnsafeBufferPointer<UInt8>) {
        var scan = DecimalScan()
        for byte in utf8 { _ = scan.take(byte) }
        do {
            try self.init(scan)
        } catch {
            preconditionFailure("a stored number is one")
        }
    }

    private init(_ scan: DecimalScan) throws(DynamoDBNumberError) {
        // Zero, too, is held to the range by the exponent that it is written with.
        let magnitude = scan.magnitude
        guard magnitude <= Self.magnitudes.upperBound else { throw .overflow }
        guard magnitude >= Self.magnitudes.lowerBound else { throw .underflow }
        guard scan.digitCount <= Self.greatestPrecision else { throw .precision }
        try self.init(
            isNegative: scan.isNegative, coefficient: scan.coefficient, exponent: scan.exponent)
    }

    /// The number in DynamoDB's canonical form: without an exponent, leading or trailing zeros.
    package var text: String {
        String(unsafeUninitializedCapacity: Self.greatestTextLength) { buffer in
            // SAFETY: no number's text is longer than the capacity.
            write(to: buffer)
        }
    }

    /// Adds the canonical text to `bytes`.
    func append(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.greatestTextLength) { buffer in
            let count = write(to: buffer)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// A sign, `0.`, 130 places and 37 digits that follow the first.
    private static let greatestTextLength = 176

    private func write(to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        func put(_ byte: UInt8) {
            buffer[count] = byte
            count += 1
        }
        func zeros(_ number: Int) { for _ in 0..<number { put(UInt8(ascii: "0")) } }
        if isNegative { put(UInt8(ascii: "-")) }
        let (digitCount, exponent) = (Int(digitCount), Int(exponent))
        let whole = digitCount + exponent
        if whole <= 0 {
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "."))
            zeros(-whole)
        }
        let start = count
        // The digits come from the last to the first; the point, where it is among them, is left out.
        let hasPoint = whole > 0 && exponent < 0
        count += digitCount + (hasPoint ? 1 : 0)
        var (rest, place) = (coefficient, count - 1)
        for index in 0..<digitCount {
            if hasPoint, index == -exponent {
                buffer[place] = UInt8(ascii: ".")
                place -= 1
            }
            let (quotient, digit) = Self.divide(rest)
            buffer[place] = UInt8(ascii: "0") + digit
            rest = quotient
            place -= 1
        }
        precondition(place == start - 1, "every digit has its place")
        if exponent > 0 { zeros(exponent) }
        return count
    }

    @inline(__always)
    private static func divide(_ value: UInt128) -> (UInt128, UInt8) {
        if let small = UInt64(exactly: value) { return (UInt128(small / 10), UInt8(small % 10)) }
        let (quotient, digit) = value.quotientAndRemainder(dividingBy: 10)
        return (quotient, UInt8(digit))
    }
}

/// A decimal text that is being read, byte by byte.
private struct DecimalScan {
    private enum Stage {
        case start, whole, fraction, exponent, exponentDigits
    }

    private(set) var isNegative = false
    private(set) var coefficient: UInt128 = 0
    /// The significant digits so far, from the first to the last that is not zero.
    private(set) var digitCount = 0
    private var stage = Stage.start
    private var hasDigits = false
    private var pendingZeros = 0
    /// The digits before the point, and those before the last significant one.
    private var wholeCount = 0
    private var position = 0
    private var lastPosition = 0
    private var writtenExponent = 0
    private var exponentIsNegative = false

    var isComplete: Bool {
        switch stage {
        case .start, .exponent: false
        case .whole, .fraction: hasDigits
        case .exponentDigits: !exponentOverflows
        }
    }

    /// The place of the last significant digit; of the last digit of all where none is significant.
    var exponent: Int {
        let last = digitCount == 0 ? position - 1 : lastPosition
        let shift = wholeCount - 1 - last
        // The sum saturates: it is out of range far before that.
        let (sum, overflows) = writtenExponent.addingReportingOverflow(shift)
        return overflows ? writtenExponent : sum
    }

    /// The place of the first significant digit.
    var magnitude: Int {
        let (sum, overflows) = exponent.addingReportingOverflow(max(digitCount, 1) - 1)
        return overflows ? exponent : sum
    }

    /// Takes the next byte; false where it cannot stand there.
    mutating func take(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            digit(byte - UInt8(ascii: "0"))
            return true
        case UInt8(ascii: "-"), UInt8(ascii: "+"):
            return sign(byte == UInt8(ascii: "-"))
        case UInt8(ascii: "."):
            guard stage == .start || stage == .whole else { return false }
            stage = .fraction
            return true
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard hasDigits, stage == .whole || stage == .fraction else { return false }
            stage = .exponent
            return true
        default: return false
        }
    }

    private mutating func sign(_ isMinus: Bool) -> Bool {
        switch stage {
        case .start where !hasSign:
            isNegative = isMinus
            hasSign = true
            return true
        case .exponent where !hasExponentSign:
            exponentIsNegative = isMinus
            hasExponentSign = true
            return true
        default: return false
        }
    }

    private var hasSign = false
    private var hasExponentSign = false
    private var exponentOverflows = false

    private mutating func exponentDigit(_ digit: Int) {
        let (product, overflows) = writtenExponent.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(
            exponentIsNegative ? -digit : digit)
        exponentOverflows = exponentOverflows || overflows || overflowsToo
        writtenExponent = sum
    }

    private mutating func digit(_ digit: UInt8) {
        switch stage {
        case .exponent, .exponentDigits:
            stage = .exponentDigits
            exponentDigit(Int(digit))
            return
        case .start: stage = .whole
        case .whole, .fraction: break
        }
        hasDigits = true
        if stage == .whole { wholeCount += 1 }
        defer { position += 1 }
        guard digit != 0 else {
            if digitCount > 0 { pendingZeros += 1 }
            return
        }
        let added = pendingZeros + 1
        pendingZeros = 0
        digitCount += added
        lastPosition = position
        // Beyond the precision only the number of digits matters.
        guard digitCount <= DynamoDBNumber.greatestPrecision else { return }
        coefficient = coefficient * DynamoDBNumber.powerOfTen(added) + UInt128(digit)
    }
}
