package import Platform

/// A format whose scalars are all text: XML, forms, headers.
package protocol TextBodyReader: BodyReader {}

extension TextBodyReader {
    /// `true` or `false`, in lower case, upper case or with a capital.
    package func boolean() throws -> Bool {
        switch try string() {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: throw malformed("STRING_VALUE can not be converted to a Boolean")
        }
    }

    /// A whole number in decimal digits.
    package func integer(bits: Int) throws -> Int {
        let text = try string()
        let value = bits == 32 ? Int32(text).map { Int($0) } : Int(text)
        guard let value else {
            throw malformed(
                "STRING_VALUE can not be converted to \(bits == 32 ? "an Integer" : "a Long")")
        }
        return value
    }

    /// A number in decimal digits, or `NaN`, `Infinity` and `-Infinity`.
    package func double() throws -> Double {
        guard let value = DoubleText.value(of: try string()) else {
            throw malformed("STRING_VALUE can not be converted to a Double")
        }
        return value
    }

    /// Bytes in Base64.
    package func blob() throws -> [UInt8] {
        guard let bytes = Base64.decode(try string().utf8) else {
            throw malformed("Invalid base64")
        }
        return bytes
    }

    /// A time, by default as ISO 8601 writes it.
    package func timestamp(at place: Place) throws -> Instant {
        guard let value = place.timestampFormat(default: .iso8601).instant(try string()) else {
            throw malformed("STRING_VALUE can not be converted to a Timestamp")
        }
        return value
    }

    /// A text, which is all that can be said of it.
    package func document() throws -> Document { .string(try string()) }
}
