extension StringProtocol where SubSequence == Substring {
    /// The parts between the occurrences of an ASCII character, the empty ones too.
    ///
    /// Byte by byte, which is many times as fast as `split` with its `Character`s: every request's path is taken apart so.
    package func parts(at separator: Unicode.Scalar, maxSplits: Int = .max) -> [Substring] {
        self[...].utf8.split(
            separator: UInt8(ascii: separator), maxSplits: maxSplits,
            omittingEmptySubsequences: false
        ).map { Substring($0) }
    }
}
