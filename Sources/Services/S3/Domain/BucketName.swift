/// The rules that a bucket's name keeps.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
enum BucketName {
    private static let forbiddenPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]
    private static let forbiddenSuffixes = [
        "-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3",
    ]

    /// Whether a new bucket may be called `name`.
    static func isValid(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard (3...63).contains(bytes.count), let first = bytes.first, let last = bytes.last,
            isLetterOrDigit(first), isLetterOrDigit(last),
            bytes.allSatisfy({ isLetterOrDigit($0) || $0 == dot || $0 == hyphen })
        else { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) where byte == dot && next == dot {
            return false
        }
        return !isAddress(name) && !forbiddenPrefixes.contains { name.hasPrefix($0) }
            && !forbiddenSuffixes.contains { name.hasSuffix($0) }
    }

    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// `192.168.5.4`
    private static func isAddress(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
