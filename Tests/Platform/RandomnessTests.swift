import Platform
import Testing

@Suite("Randomness and what is made of it")
struct RandomnessTests {
    @Test("a seed repeats itself, another seed does not")
    func seeds() {
        #expect(SeededRandomness(seed: 7).bytes(100) == SeededRandomness(seed: 7).bytes(100))
        #expect(SeededRandomness(seed: 7).bytes(100) != SeededRandomness(seed: 8).bytes(100))
        let randomness = SeededRandomness(seed: 7)
        #expect(randomness.bytes(8) != randomness.bytes(8))
    }

    @Test("fractions spread evenly between 0 and 1")
    func fractions() {
        let randomness = SeededRandomness(seed: 1)
        var counts = Array(repeating: 0, count: 10)
        for _ in 0..<10_000 { counts[Int(randomness.fraction() * 10)] += 1 }
        #expect(counts.allSatisfy { (850...1_150).contains($0) })
    }

    @Test("a UUID is a version 4 UUID", arguments: 0..<20)
    func uuid(seed: UInt64) throws {
        let uuid = SeededRandomness(seed: seed).uuid()
        #expect(
            uuid.wholeMatch(
                of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test("a string has its length and its characters")
    func string() {
        let text = SystemRandomness().string(1_000, from: .base32)
        #expect(text.utf8.count == 1_000)
        #expect(Set(text) == Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    }

    @Test("bytes become hexadecimal digits and come back")
    func hexadecimal() {
        let bytes = Array(UInt8.min...UInt8.max)
        let digits = Hexadecimal.string(bytes)
        #expect(digits.hasPrefix("000102") && digits.hasSuffix("fdfeff"))
        #expect(Hexadecimal.bytes(digits) == bytes)
        #expect(Hexadecimal.bytes(digits.uppercased()) == bytes)
        #expect(Hexadecimal.bytes("abc") == nil)
        #expect(Hexadecimal.bytes("0g") == nil)
        #expect(Hexadecimal.string(0xBEEF, digits: 6) == "00beef")
    }
}
