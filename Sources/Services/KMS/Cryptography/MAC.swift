import Crypto

/// HMAC by the names that KMS has.
enum MAC {
    static func code(of message: [UInt8], key: [UInt8], algorithm: String) -> [UInt8] {
        let secret = SymmetricKey(data: key)
        return switch algorithm {
        case "HMAC_SHA_224": SHA224.authenticationCode(of: message, key: key)
        case "HMAC_SHA_256":
            [UInt8](HMAC<SHA256>.authenticationCode(for: message, using: secret))
        case "HMAC_SHA_384":
            [UInt8](HMAC<SHA384>.authenticationCode(for: message, using: secret))
        case "HMAC_SHA_512":
            [UInt8](HMAC<SHA512>.authenticationCode(for: message, using: secret))
        default: preconditionFailure("no MAC is called \(algorithm)")
        }
    }

    /// Whether two codes are the same, found out in a time that does not tell where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// SHA-224 (FIPS 180-4), which the cryptography library does not have: SHA-256 from another start, cut off.
enum SHA224 {
    private static let blockBytes = 64
    private static let start: [UInt32] = [
        0xC105_9ED8, 0x367C_D507, 0x3070_DD17, 0xF70E_5939, 0xFFC0_0B31, 0x6858_1511, 0x64F9_8FA7,
        0xBEFA_4FA4,
    ]
    private static let constants: [UInt32] = primes(64).map { fraction(ofCubeRoot: $0) }

    /// HMAC (RFC 2104) over SHA-224.
    static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > blockBytes ? hash(key) : key
        block += [UInt8](repeating: 0, count: blockBytes - block.count)
        let inner = hash(block.map { $0 ^ 0x36 } + message)
        return hash(block.map { $0 ^ 0x5C } + inner)
    }

    /// The 28 bytes of the digest.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        let zeros = (blockBytes + 56 - padded.count % blockBytes) % blockBytes
        padded += [UInt8](repeating: 0, count: zeros)
        BigEndian.append(UInt64(message.count) * 8, bytes: 8, to: &padded)
        var state = start
        for block in stride(from: 0, to: padded.count, by: blockBytes) {
            compress(padded[block..<block + blockBytes], into: &state)
        }
        var digest: [UInt8] = []
        for word in state.prefix(7) { BigEndian.append(UInt64(word), bytes: 4, to: &digest) }
        return digest
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words: [UInt32] = stride(from: block.startIndex, to: block.endIndex, by: 4).map {
            UInt32(BigEndian.number(block[$0..<$0 + 4]))
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            words.append(words[index - 16] &+ sigma0 &+ words[index - 7] &+ sigma1)
        }
        var v = state
        for index in 0..<64 {
            let sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
            let choice = v[4] & v[5] ^ ~v[4] & v[6]
            let first = v[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
            v = [first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
        }
        for index in 0..<8 { state[index] &+= v[index] }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    private static func primes(_ count: Int) -> [UInt64] {
        var primes: [UInt64] = []
        var candidate: UInt64 = 2
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }

    /// The first 32 bits of the fraction of a number's cube root, which is how SHA-256 gets its constants.
    private static func fraction(ofCubeRoot number: UInt64) -> UInt32 {
        // The largest root r with r³ ≤ number · 2⁹⁶, bit by bit; its last 32 bits are the fraction.
        var root: UInt64 = 0
        for bit in stride(from: UInt64(35), through: 0, by: -1) {
            let trial = root | 1 << bit
            if isCube(of: trial, atMost: number) { root = trial }
        }
        return UInt32(truncatingIfNeeded: root)
    }

    /// Whether trial³ ≤ number · 2⁹⁶, for a trial of up to 36 bits.
    private static func isCube(of trial: UInt64, atMost number: UInt64) -> Bool {
        let square = UInt128(trial) * UInt128(trial)
        return square * UInt128(trial) <= UInt128(number) << 96
    }
}
