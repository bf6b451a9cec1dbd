/// Takes a CBOR item (RFC 8949) apart: the well-formedness that the format demands, and the UTF-8
/// of its text.
///
/// What may stand where is the caller's business; `skip` does it for values that nobody wants.
struct CBORTokenizer {
    private let bytes: [UInt8]
    /// Where the next item begins, in bytes from the start.
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether all bytes have been read.
    var isAtEnd: Bool { position == bytes.count }

    /// Reads the head of the next item; strings whole.
    ///
    /// - Throws: `CBORError` where the item is malformed or the bytes end.
    mutating func next() throws(CBORError) -> CBORToken {
        let initial = try byte()
        let information = initial & 0x1F
        switch initial >> 5 {
        case 0: return .unsigned(try argument(information))
        case 1: return .negative(try argument(information))
        case 2: return .bytes(Array(try string(information, major: 2)))
        case 3:
            guard let text = try text(information) else { throw error("text is not UTF-8") }
            return .text(text)
        case 4: return .array(try count(information, bytesAnElement: 1))
        case 5: return .map(try count(information, bytesAnElement: 2))
        case 6: return .tag(try argument(information))
        default: return try simple(information)
        }
    }

    /// Moves behind a null, or an undefined value, if one comes next.
    mutating func takeNull() -> Bool {
        guard position < bytes.count, bytes[position] == 0xF6 || bytes[position] == 0xF7 else {
            return false
        }
        position += 1
        return true
    }

    /// Passes over the next item with all that it contains.
    ///
    /// - Throws: `CBORError` where it is malformed or exceeds `CBORLimits`.
    mutating func skip(depth: Int = 0) throws(CBORError) {
        guard depth < CBORLimits.depth else { throw error("items nest too deeply") }
        switch try next() {
        case .array(let count): try skip(count, depth: depth)
        case .map(let count?): try skip(2 * count, depth: depth)
        case .map(nil):
            while try !takeEnd() {
                try skip(depth: depth + 1)
                try skip(depth: depth + 1)
            }
        case .tag: try skip(depth: depth + 1)
        case .end: throw error("a break stands where an item must")
        default: break
        }
    }

    /// Moves behind a break if one comes next.
    mutating func takeEnd() throws(CBORError) -> Bool {
        guard position < bytes.count else { throw error("the bytes end in an item") }
        guard bytes[position] == 0xFF else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ count: Int?, depth: Int) throws(CBORError) {
        if let count {
            for _ in 0..<count { try skip(depth: depth + 1) }
        } else {
            while try !takeEnd() { try skip(depth: depth + 1) }
        }
    }

    // MARK: - Parts of a head

    private mutating func argument(_ information: UInt8) throws(CBORError) -> UInt64 {
        switch information {
        case 0...23: UInt64(information)
        case 24: UInt64(try byte())
        case 25: try integer(2)
        case 26: try integer(4)
        case 27: try integer(8)
        default: throw error("a reserved length")
        }
    }

    private mutating func count(
        _ information: UInt8, bytesAnElement: Int
    ) throws(CBORError) -> Int? {
        if information == 31 { return nil }
        // Each element needs a byte, so a count that the bytes cannot hold is refused before anyone
        // reserves room for it.
        let count = try argument(information)
        guard count <= UInt64((bytes.count - position) / bytesAnElement) else {
            throw error("the bytes end in an array or map")
        }
        return Int(count)
    }

    private mutating func text(_ information: UInt8) throws(CBORError) -> String? {
        if information != 31 {
            return String(validating: try string(information, major: 3), as: UTF8.self)
        }
        var whole = ""
        while try !takeEnd() {
            guard let chunk = String(validating: try chunk(major: 3), as: UTF8.self) else {
                return nil
            }
            whole += chunk
        }
        return whole
    }

    private mutating func string(
        _ information: UInt8, major: UInt8
    ) throws(CBORError) -> ArraySlice<UInt8> {
        if information != 31 {
            let count = try argument(information)
            guard count <= UInt64(bytes.count - position) else {
                throw error("the bytes end in a string")
            }
            defer { position += Int(count) }
            return bytes[position..<position + Int(count)]
        }
        var whole: [UInt8] = []
        while try !takeEnd() { whole += try chunk(major: major) }
        return whole[...]
    }

    /// Reads a chunk of a string of indefinite length; such strings do not nest.
    private mutating func chunk(major: UInt8) throws(CBORError) -> ArraySlice<UInt8> {
        let initial = try byte()
        guard initial >> 5 == major, initial & 0x1F != 31 else {
            throw error("a chunk of another kind")
        }
        return try string(initial & 0x1F, major: major)
    }

    private mutating func simple(_ information: UInt8) throws(CBORError) -> CBORToken {
        switch information {
        case 20: return .boolean(false)
        case 21: return .boolean(true)
        case 22: return .null
        case 23: return .undefined
        case 25: return .float(Self.double(half: UInt16(try integer(2))))
        case 26: return .float(Double(Float(bitPattern: UInt32(try integer(4)))))
        case 27: return .float(Double(bitPattern: try integer(8)))
        case 31: return .end
        default: throw error("an unknown simple value")
        }
    }

    /// `Float16` does not exist on every platform that Swift runs on.
    private static func double(half: UInt16) -> Double {
        let exponent = Int(half >> 10 & 0x1F)
        let fraction = Double(half & 0x3FF)
        let magnitude: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
            }
        return half >> 15 == 0 ? magnitude : -magnitude
    }

    private mutating func byte() throws(CBORError) -> UInt8 {
        guard position < bytes.count else { throw error("the bytes end in an item") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func integer(_ count: Int) throws(CBORError) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
        return value
    }

    private func error(_ reason: String) -> CBORError {
        CBORError(reason: reason, offset: position)
    }
}
