internal import Synchronization

/// Randomness that repeats itself from a seed: for tests and simulations, never for secrets.
package final class SeededRandomness: Randomness {
    private let state: Atomic<UInt64>

    /// Makes randomness that `seed` determines.
    package init(seed: UInt64) {
        state = Atomic(seed)
    }

    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let word: UInt64 = next()
            for place in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(place))))
            }
        }
        return bytes
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014): every seed is a good one, and one addition makes
    /// the next state.
    private func next() -> UInt64 {
        var word = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
