import Testing

@testable import DynamoDBValues

@Suite("Numbers")
struct NumberTests {
    private static func verdict(
        _ number: () throws(DynamoDBNumberError) -> DynamoDBNumber
    ) -> String {
        do {
            return try number().text
        } catch {
            return "\(error)"
        }
    }

    private static func words(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    @Test("texts have the canonical form that Python's decimal gives them")
    func canonicalForm() {
        for line in Self.words(DecimalTable.texts) {
            #expect(
                Self.verdict { () throws(DynamoDBNumberError) in try DynamoDBNumber(line[0]) }
                    == line[1], "\(line[0])")
        }
    }

    @Test("sums, differences and order are those of Python's decimal")
    func arithmetic() throws {
        for line in Self.words(DecimalTable.sums) {
            let (left, right) = (try DynamoDBNumber(line[0]), try DynamoDBNumber(line[1]))
            let sum = Self.verdict { () throws(DynamoDBNumberError) in try left.adding(right) }
            let difference = Self.verdict { () throws(DynamoDBNumberError) in
                try left.subtracting(right)
            }
            #expect(sum == line[2], "\(line)")
            #expect(difference == line[3], "\(line)")
            #expect((left > right ? 1 : 0) - (left < right ? 1 : 0) == Int(line[4]), "\(line)")
            #expect(try DynamoDBNumber(left.text) == left)
        }
    }

    @Test(
        "what is no decimal text is no number",
        arguments: [
            "", " ", "1 ", " 1", "a", "1e", "1e+", "e5", ".", "-", "--1", "1.2.3", "0x1", "NaN",
            "1_0", "１", "1e9223372036854775808", "1e-9223372036854775809",
        ])
    func notNumeric(text: String) {
        #expect(throws: DynamoDBNumberError.notNumeric(text)) { try DynamoDBNumber(text) }
    }

    @Test("errors have DynamoDB's words")
    func messages() {
        #expect(
            DynamoDBNumberError.notNumeric("x").message
                == "The parameter cannot be converted to a numeric value: x")
        #expect(
            DynamoDBNumberError.precision.message
                == "Attempting to store more than 38 significant digits in a Number")
    }

    @Test("whole numbers are integers", arguments: [0, 1, -1, 42, -1000, .max, .min])
    func integers(value: Int) throws {
        #expect(DynamoDBNumber(value).text == String(value))
        #expect(DynamoDBNumber(value).integer == value)
    }

    @Test("fractions and what is too long are no integers", arguments: ["1.5", "1e20", "-0.1"])
    func noIntegers(text: String) throws {
        #expect(try DynamoDBNumber(text).integer == nil)
    }

    @Test(
        "a number takes a byte, one for two digits around the point, and one for a sign",
        arguments: [
            ("0", 1), ("1", 2), ("12", 2), ("123", 3), ("100", 2), ("-5", 3), ("0.5", 2),
            ("1.5", 3),
            ("0.05", 2), ("0.0005", 2), ("12345678901234567890123456789012345678", 20),
            ("1e125", 2), ("-1.2345678901234567890123456789012345678", 21),
        ])
    func size(text: String, size: Int) throws {
        #expect(try DynamoDBNumber(text).size == size)
    }
}
