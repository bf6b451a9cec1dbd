import Testing

@testable import Wire

@Suite("Base64")
struct Base64Tests {
    @Test(
        "bytes are written and read (RFC 4648, section 10)",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(bytes: String, text: String) {
        #expect(Base64.encode(bytes.utf8) == text)
        #expect(Base64.decode(text.utf8) == Array(bytes.utf8))
        #expect(Base64.decode(text.utf8.filter { $0 != UInt8(ascii: "=") }) == Array(bytes.utf8))
    }

    @Test(
        "what is no Base64 is refused",
        arguments: [
            "A", "A=", "=", "====", "Zg=", "Zm8==", "Z=g=", "Zg==Zg==", "Z g=", "Zm9-", "Zm9vY",
        ])
    func refused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
