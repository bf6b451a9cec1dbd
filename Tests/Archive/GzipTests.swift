import Archive
import Testing

@Suite("Gzip")
struct GzipTests {
    /// What `gzip` makes of 20 letters.
    private static let packed: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 76, 196, 4, 0, 206, 139, 111, 38, 20, 0, 0, 0,
    ]

    @Test("a stream is uncompressed up to a limit")
    func inflate() throws {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 20)
        #expect(try Gzip.inflate(Self.packed[...], upTo: 20) == letters)
        #expect(throws: Gzip.Failure.tooManyBytes) {
            try Gzip.inflate(Self.packed[...], upTo: 19)
        }
    }

    @Test("what is no whole stream is refused", arguments: [0, 1, 9, 15, 22])
    func corrupt(length: Int) {
        #expect(throws: Gzip.Failure.corrupt) {
            try Gzip.inflate(Self.packed.prefix(length), upTo: 100)
        }
    }
}
