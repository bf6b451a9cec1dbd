import Wire

/// The pairs that a ciphertext is bound to and that must be given again to read it.
struct EncryptionContext: Sendable {
    let pairs: [String: String]

    /// - Throws: `ValidationException` where it is too large.
    init(_ pairs: [String: String]?) throws {
        self.pairs = pairs ?? [:]
        let bytes = self.pairs.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard bytes <= KMSLimits.encryptionContextBytes else {
            throw KMSFailure.validation(
                "The encryption context is larger than \(KMSLimits.encryptionContextBytes) bytes.")
        }
    }

    /// The bytes that are authenticated: the pairs in the order of their keys, each part after its length, so that no two
    /// contexts have the same bytes.
    var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        for (key, value) in pairs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        {
            for part in [key, value] {
                BigEndian.append(UInt64(part.utf8.count), bytes: 4, to: &bytes)
                bytes += part.utf8
            }
        }
        return bytes
    }

    /// The condition keys of a request with this context.
    var conditionKeys: [String: [String]] {
        guard !pairs.isEmpty else { return [:] }
        var keys: [String: [String]] = ["kms:EncryptionContextKeys": pairs.keys.sorted()]
        for (key, value) in pairs { keys["kms:EncryptionContext:\(key)"] = [value] }
        return keys
    }
}

/// Numbers with their most significant byte first.
enum BigEndian {
    /// Appends the last `bytes` bytes of `number`.
    static func append(_ number: UInt64, bytes: Int, to text: inout [UInt8]) {
        for place in stride(from: 8 * (bytes - 1), through: 0, by: -8) {
            text.append(UInt8(truncatingIfNeeded: number >> UInt64(place)))
        }
    }

    /// The number that up to eight bytes write.
    static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
