import Platform
import Testing

@testable import Wire

@Suite("CBOR is written in its shortest form")
struct CBOREncoderTests {
    @Test(
        "numbers",
        arguments: [
            (0, "00"), (23, "17"), (24, "1818"), (255, "18ff"), (256, "190100"),
            (65_536, "1a00010000"),
            (4_294_967_296, "1b0000000100000000"), (.max, "1b7fffffffffffffff"), (-1, "20"),
            (-25, "3818"),
            (.min, "3b7fffffffffffffff"),
        ] as [(Int64, String)])
    func integers(value: Int64, expected: String) {
        var encoder = CBOREncoder()
        encoder.integer(value)
        #expect(Hexadecimal.string(encoder.bytes) == expected)
    }

    @Test(
        "floats take 32 bits where that loses nothing",
        arguments: [
            (0, "fa00000000"), (1.5, "fa3fc00000"), (1.1, "fb3ff199999999999a"),
            (.infinity, "fa7f800000"),
            (-4.1, "fbc010666666666666"),
        ] as [(Double, String)])
    func floats(value: Double, expected: String) {
        var encoder = CBOREncoder()
        encoder.float(value)
        #expect(Hexadecimal.string(encoder.bytes) == expected)
    }

    @Test("strings, arrays and maps")
    func structures() {
        var encoder = CBOREncoder()
        encoder.beginMap()
        encoder.text("a")
        encoder.beginArray(count: 3)
        encoder.byteString([1])
        encoder.boolean(true)
        encoder.null()
        encoder.text("t")
        encoder.tag(1)
        encoder.integer(5)
        encoder.end()
        #expect(Hexadecimal.string(encoder.bytes) == "bf6161834101f5f66174c105ff")
    }
}
