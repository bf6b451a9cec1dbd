import Testing

@testable import S3

@Suite("Ranges")
struct ByteRangeTests {
    @Test(
        "a header names bytes",
        arguments: [
            ("bytes=0-3", 0..<4), ("bytes=5-", 5..<10), ("bytes=-3", 7..<10),
            ("bytes=8-99999999999999999999", 8..<10), ("bytes=-100", 0..<10),
            ("BYTES=1-1", 1..<2), ("bytes= 1 - 2 ", 1..<3),
        ] as [(String, Range<Int64>)])
    func bytes(header: String, expected: Range<Int64>) throws {
        #expect(try #require(ByteRange(header)).bytes(of: 10) == expected)
    }

    @Test("a range without bytes is not satisfiable", arguments: ["bytes=10-", "bytes=-0"])
    func unsatisfiable(header: String) throws {
        #expect(try #require(ByteRange(header)).bytes(of: 10) == nil)
    }

    @Test(
        "what is no single range is passed over",
        arguments: ["bytes=", "bytes=-", "bytes=3-1", "bytes=a-b", "lines=0-1", "bytes=0-1,3-4"])
    func malformed(header: String) {
        #expect(ByteRange(header) == nil)
    }
}
