extension Duration {
    /// Nanoseconds, rounded down.
    private var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// Milliseconds with that many decimals, at most 6: `12.34`.
    package func milliseconds(decimals: Int) -> String {
        Self.text(nanoseconds, unit: 1_000_000, decimals: decimals)
    }

    /// Seconds with that many decimals, at most 9: `3.00`.
    package func seconds(decimals: Int) -> String {
        Self.text(nanoseconds, unit: 1_000_000_000, decimals: decimals)
    }

    /// Whole milliseconds, any fraction of one counted as one.
    package var millisecondsRoundedUp: Int64 {
        (nanoseconds + 999_999) / 1_000_000
    }

    private static func text(_ nanoseconds: Int64, unit: Int64, decimals: Int) -> String {
        var step = unit
        for _ in 0..<decimals { step /= 10 }
        let steps = (nanoseconds + step / 2) / step
        let perUnit = unit / step
        let fraction = String(steps % perUnit)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(steps / perUnit).\(zeros)\(fraction)"
    }
}
