extension DynamoDBNumber {
    /// The sum, exactly.
    ///
    /// - Throws: `DynamoDBNumberError` where it is out of range or has more digits than DynamoDB keeps.
    package func adding(_ other: DynamoDBNumber) throws(DynamoDBNumberError) -> DynamoDBNumber {
        if isZero { return other }
        if other.isZero { return self }
        return exponent >= other.exponent
            ? try Self.sum(self, other) : try Self.sum(other, self)
    }

    /// The difference, exactly.
    ///
    /// - Throws: `DynamoDBNumberError` where it is out of range or has more digits than DynamoDB keeps.
    package func subtracting(
        _ other: DynamoDBNumber
    ) throws(DynamoDBNumberError) -> DynamoDBNumber {
        try adding(other.negated)
    }

    /// Adds two numbers of which the first does not end below the second.
    private static func sum(
        _ coarse: DynamoDBNumber, _ fine: DynamoDBNumber
    ) throws(DynamoDBNumberError) -> DynamoDBNumber {
        let shift = Int(coarse.exponent) - Int(fine.exponent)
        // The sum keeps the last digit of `fine`, and a borrow takes one digit away at most.
        guard Int(coarse.digitCount) + shift <= greatestPrecision + 1 else { throw .precision }
        let (shifted, overflows) = coarse.coefficient.multipliedReportingOverflow(
            by: powerOfTen(shift))
        // Beyond 128 bits, subtracting 38 digits leaves more than 38.
        guard !overflows else { throw .precision }
        let exponent = Int(fine.exponent)
        if coarse.isNegative == fine.isNegative {
            let (sum, overflows) = shifted.addingReportingOverflow(fine.coefficient)
            guard !overflows else { throw .precision }
            return try DynamoDBNumber(
                isNegative: coarse.isNegative, coefficient: sum, exponent: exponent)
        }
        let isLarger = shifted >= fine.coefficient
        return try DynamoDBNumber(
            isNegative: isLarger ? coarse.isNegative : fine.isNegative,
            coefficient: isLarger ? shifted - fine.coefficient : fine.coefficient - shifted,
            exponent: exponent)
    }
}
