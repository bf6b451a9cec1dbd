import Platform
import Testing

@testable import Wire

@Suite("CBOR is taken apart strictly")
struct CBORTokenizerTests {
    /// The examples of RFC 8949, appendix A, that the tokens can express.
    @Test(
        "the examples of RFC 8949",
        arguments: [
            ("00", [.unsigned(0)]), ("17", [.unsigned(23)]), ("1818", [.unsigned(24)]),
            ("1903e8", [.unsigned(1000)]), ("1a000f4240", [.unsigned(1_000_000)]),
            ("1bffffffffffffffff", [.unsigned(.max)]), ("20", [.negative(0)]),
            ("3bffffffffffffffff", [.negative(.max)]), ("3903e7", [.negative(999)]),
            ("f90000", [.float(0)]), ("f93c00", [.float(1)]), ("fb3ff199999999999a", [.float(1.1)]),
            ("f93e00", [.float(1.5)]), ("f97bff", [.float(65504)]),
            ("fa47c35000", [.float(100000)]),
            ("f90001", [.float(5.960464477539063e-8)]), ("f90400", [.float(0.00006103515625)]),
            ("f9c400", [.float(-4)]), ("f97c00", [.float(.infinity)]),
            ("f9fc00", [.float(-.infinity)]),
            ("f4", [.boolean(false)]), ("f5", [.boolean(true)]), ("f6", [.null]),
            ("f7", [.undefined]),
            ("c11a514b67b0", [.tag(1), .unsigned(1_363_896_240)]),
            ("4401020304", [.bytes([1, 2, 3, 4])]),
            ("60", [.text("")]), ("62c3bc", [.text("ü")]), ("64f0908591", [.text("𐅑")]),
            ("80", [.array(0)]),
            ("83010203", [.array(3), .unsigned(1), .unsigned(2), .unsigned(3)]),
            ("a201020304", [.map(2), .unsigned(1), .unsigned(2), .unsigned(3), .unsigned(4)]),
            ("5f42010243030405ff", [.bytes([1, 2, 3, 4, 5])]),
            ("7f657374726561646d696e67ff", [.text("streaming")]), ("9fff", [.array(nil), .end]),
            ("bf6346756ef5ff", [.map(nil), .text("Fun"), .boolean(true), .end]),
        ] as [(String, [CBORToken])])
    func examples(hexadecimal: String, expected: [CBORToken]) throws {
        var tokenizer = CBORTokenizer(try #require(Hexadecimal.bytes(hexadecimal)))
        var tokens: [CBORToken] = []
        while !tokenizer.isAtEnd { tokens.append(try tokenizer.next()) }
        #expect(tokens == expected)
    }

    @Test(
        "a malformed item is refused",
        arguments: [
            "", "18", "19ff", "1c", "1d", "1e", "1f", "3f", "41", "58ff00", "5b7fffffffffffffff00",
            "61", "61ff",
            "5f6100ff", "7f4100ff", "5f5f4100ffff", "7f61c361bcff", "5f", "81",
            "9bffffffffffffffff", "bbffffffffffffffff",
            "9f", "bf", "bf01ff", "a101", "df01", "f8ff", "fc", "f9", "fb00", "ff", "c1", "81ff",
        ])
    func malformed(hexadecimal: String) throws {
        var tokenizer = CBORTokenizer(try #require(Hexadecimal.bytes(hexadecimal)))
        #expect(throws: CBORError.self) { try tokenizer.skip() }
    }

    @Test(
        "items nest up to the limit and no deeper", arguments: ["81", "9f", "c1", "a100", "bf00"])
    func depth(head: String) throws {
        let bytes = try #require(Hexadecimal.bytes(String(repeating: head, count: 100_000)))
        var tokenizer = CBORTokenizer(bytes)
        #expect(throws: CBORError.self) { try tokenizer.skip() }
    }

    @Test("a value that nobody wants is passed over whole")
    func skip() throws {
        let bytes = try #require(Hexadecimal.bytes("bf6161a101820203ff" + "05"))
        var tokenizer = CBORTokenizer(bytes)
        try tokenizer.skip()
        #expect(try tokenizer.next() == .unsigned(5))
        #expect(tokenizer.isAtEnd)
    }
}
