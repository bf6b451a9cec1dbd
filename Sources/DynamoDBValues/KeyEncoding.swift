/// Key attributes in bytes that compare as DynamoDB orders them: strings and binaries by their bytes, numbers by value.
///
/// Each encoding says itself where it ends, so those of a partition and a sort key may stand one after the other and still compare
/// in order. Stored: the form never changes.
package enum KeyEncoding {
    // Of values that have no order among each other the type decides.
    private static let string: UInt8 = 0x10
    private static let binary: UInt8 = 0x20
    private static let negative: UInt8 = 0x31
    private static let zero: UInt8 = 0x32
    private static let positive: UInt8 = 0x33

    /// Adds the encoding of a key attribute's value: a string, number or binary.
    package static func append(_ value: AttributeValue, to bytes: inout [UInt8]) {
        switch value {
        case .string(var text):
            bytes.append(string)
            text.withUTF8 { append($0, to: &bytes) }
            bytes.append(contentsOf: [0, 0])
        case .binary(let value):
            bytes.append(binary)
            value.withUnsafeBufferPointer { append($0, to: &bytes) }
            bytes.append(contentsOf: [0, 0])
        case .number(let number): append(number, to: &bytes)
        default: preconditionFailure("a key is a string, number or binary")
        }
    }

    /// The encoding of a key attribute's value.
    package static func bytes(_ value: AttributeValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    /// What the encodings of all strings or binaries begin with that begin with `value`.
    package static func prefix(_ value: AttributeValue) -> [UInt8] {
        precondition(value.type != .number, "numbers have no beginnings")
        return Array(bytes(value).dropLast(2))
    }

    /// The first bytes that are greater than everything that begins with `prefix`.
    package static func successor(ofPrefix prefix: [UInt8]) -> [UInt8] {
        var bytes = prefix
        while let last = bytes.popLast() {
            guard last < 0xFF else { continue }
            bytes.append(last + 1)
            return bytes
        }
        preconditionFailure("an encoding begins with its type")
    }

    /// Decodes a value and takes its bytes from the front of `bytes`.
    package static func decode(_ bytes: inout ArraySlice<UInt8>) -> AttributeValue {
        switch bytes.removeFirst() {
        case string: .string(String(decoding: text(&bytes), as: UTF8.self))
        case binary: .binary(text(&bytes))
        case zero: .number(.zero)
        case positive: .number(number(&bytes, complement: 0, isNegative: false))
        case negative: .number(number(&bytes, complement: 0xFF, isNegative: true))
        default: preconditionFailure("a stored key has a known type")
        }
    }

    // MARK: - Strings and binaries

    /// A zero is followed by 0xFF, so that two zeros are the end and come before anything that goes on.
    private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard text.contains(0) else {
            bytes.append(contentsOf: text)
            return
        }
        for byte in text {
            bytes.append(byte)
            if byte == 0 { bytes.append(0xFF) }
        }
    }

    private static func text(_ bytes: inout ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        while true {
            let byte = bytes.removeFirst()
            guard byte == 0 else {
                text.append(byte)
                continue
            }
            if bytes.removeFirst() == 0 { return text }
            text.append(0)
        }
    }

    // MARK: - Numbers

    /// The place of the first digit, then the digits in pairs, each plus one, then zero; all of that complemented below zero.
    private static func append(_ number: DynamoDBNumber, to bytes: inout [UInt8]) {
        guard !number.isZero else {
            bytes.append(zero)
            return
        }
        bytes.append(number.isNegative ? negative : positive)
        let complement: UInt8 = number.isNegative ? 0xFF : 0
        let start = bytes.count
        bytes.append(UInt8(number.magnitude - DynamoDBNumber.magnitudes.lowerBound))
        let isOdd = number.digitCount % 2 == 1
        var rest = isOdd ? number.coefficient * 10 : number.coefficient
        let pairs = (Int(number.digitCount) + 1) / 2
        var digits = [UInt8](repeating: 0, count: pairs)
        for index in digits.indices.reversed() {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            digits[index] = UInt8(pair) + 1
            rest = quotient
        }
        bytes.append(contentsOf: digits)
        bytes.append(0)
        if complement != 0 { for index in start..<bytes.count { bytes[index] ^= complement } }
    }

    private static func number(
        _ bytes: inout ArraySlice<UInt8>, complement: UInt8, isNegative: Bool
    ) -> DynamoDBNumber {
        let magnitude =
            Int(bytes.removeFirst() ^ complement) + DynamoDBNumber.magnitudes.lowerBound
        var (coefficient, count) = (UInt128(0), 0)
        while true {
            let pair = bytes.removeFirst() ^ complement
            guard pair > 0 else { break }
            coefficient = coefficient * 100 + UInt128(pair - 1)
            count += 2
        }
        do {
            return try DynamoDBNumber(
                isNegative: isNegative, coefficient: coefficient, exponent: magnitude + 1 - count)
        } catch {
            preconditionFailure("a stored number is one")
        }
    }
}
