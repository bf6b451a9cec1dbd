/// A number of DynamoDB: a decimal of up to 38 significant digits, between 1E-130 and 9.99…E+125 in magnitude, or zero.
///
/// The value is `±coefficient × 10^exponent`, and the coefficient does not end in a zero, so equal numbers have equal parts.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
package struct DynamoDBNumber: Sendable, Hashable {
    /// The greatest number of significant digits.
    package static let greatestPrecision = 38
    /// The exponents that the first significant digit may have.
    package static let magnitudes: ClosedRange<Int> = -130...125

    /// Zero.
    package static let zero = DynamoDBNumber(
        isNegative: false, canonical: 0, digitCount: 1, exponent: 0)

    // Two halves, because a UInt128 would align every attribute value to 16 bytes.
    private let high: UInt64
    private let low: UInt64
    /// The place of the coefficient's last digit.
    let exponent: Int16
    /// The number of the coefficient's digits; 1 for zero.
    let digitCount: UInt8
    /// Whether the number is below zero.
    package let isNegative: Bool

    /// The significant digits as one whole number.
    var coefficient: UInt128 { UInt128(high) << 64 | UInt128(low) }
    /// Whether this is zero.
    package var isZero: Bool { low == 0 && high == 0 }
    /// The place of the first significant digit: 0 for the units.
    var magnitude: Int { Int(exponent) + Int(digitCount) - 1 }

    /// Makes `±coefficient × 10^exponent`, which has at most 39 digits.
    ///
    /// - Throws: `DynamoDBNumberError` where it is out of range or has more digits than DynamoDB keeps.
    init(
        isNegative: Bool, coefficient: UInt128, exponent: Int
    ) throws(DynamoDBNumberError) {
        guard coefficient != 0 else {
            self = .zero
            return
        }
        var (coefficient, exponent) = (coefficient, exponent)
        while coefficient % 10 == 0 {
            coefficient /= 10
            exponent += 1
        }
        let count = Self.digitCount(of: coefficient)
        let magnitude = exponent + count - 1
        guard magnitude <= Self.magnitudes.upperBound else { throw .overflow }
        guard magnitude >= Self.magnitudes.lowerBound else { throw .underflow }
        guard count <= Self.greatestPrecision else { throw .precision }
        self.init(
            isNegative: isNegative, canonical: coefficient, digitCount: count, exponent: exponent)
    }

    private init(isNegative: Bool, canonical coefficient: UInt128, digitCount: Int, exponent: Int) {
        self.high = UInt64(truncatingIfNeeded: coefficient >> 64)
        self.low = UInt64(truncatingIfNeeded: coefficient)
        self.exponent = Int16(exponent)
        self.digitCount = UInt8(digitCount)
        self.isNegative = isNegative
    }

    /// The number on the other side of zero.
    var negated: DynamoDBNumber {
        DynamoDBNumber(
            isNegative: !isNegative && !isZero, canonical: coefficient,
            digitCount: Int(digitCount), exponent: Int(exponent))
    }

    /// Makes a whole number.
    package init(_ value: Int) {
        do {
            try self.init(
                isNegative: value < 0, coefficient: UInt128(value.magnitude), exponent: 0)
        } catch {
            preconditionFailure("a number of 64 bits has 20 digits at most")
        }
    }

    /// The number as an integer; `nil` where it is none, or does not fit.
    package var integer: Int? {
        guard exponent >= 0, magnitude <= 19 else { return isZero ? 0 : nil }
        let value = Int128(coefficient * Self.powerOfTen(Int(exponent)))
        return Int(exactly: isNegative ? -value : value)
    }

    // MARK: - Powers of ten

    private static let powersOfTen: [UInt128] = {
        var (powers, power) = ([UInt128](), UInt128(1))
        for _ in 0...38 {
            powers.append(power)
            power = power &* 10
        }
        return powers
    }()

    /// 10 to the power of `exponent`, which is 38 at most.
    static func powerOfTen(_ exponent: Int) -> UInt128 { powersOfTen[exponent] }

    static func digitCount(of value: UInt128) -> Int {
        var count = 1
        while count < 39, value >= powersOfTen[count] { count += 1 }
        return count
    }
}

extension DynamoDBNumber: Comparable {
    package static func < (left: DynamoDBNumber, right: DynamoDBNumber) -> Bool {
        if left.signum != right.signum { return left.signum < right.signum }
        return left.isNegative
            ? right.hasLessMagnitude(than: left) : left.hasLessMagnitude(than: right)
    }

    private var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

    private func hasLessMagnitude(than other: DynamoDBNumber) -> Bool {
        if magnitude != other.magnitude { return magnitude < other.magnitude }
        return coefficient * Self.powerOfTen(38 - Int(digitCount))
            < other.coefficient * Self.powerOfTen(38 - Int(other.digitCount))
    }
}
