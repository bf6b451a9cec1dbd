import Testing
import Wire

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "all but the unreserved characters is encoded",
        arguments: [
            ("", ""), ("azAZ09-._~", "azAZ09-._~"), ("a b+c/d", "a%20b%2Bc%2Fd"),
            (#"{"a":1}"#, "%7B%22a%22%3A1%7D"), ("é", "%C3%A9"),
        ])
    func encode(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded) == text)
    }

    @Test("what is allowed stands for itself")
    func allowed() {
        #expect(PercentEncoding.encode("/a b/c", allowing: "/") == "/a%20b/c")
    }

    @Test(
        "what cannot be read stands for itself where that is wanted",
        arguments: [
            ("a%20b", "a b"), ("%", "%"), ("%4", "%4"), ("%zz+", "%zz "), ("%4%41", "%4A"),
            ("%C3", "\u{FFFD}"), ("100%", "100%"), ("é+%2B", "é +"),
        ])
    func lenient(encoded: String, text: String) {
        #expect(PercentEncoding.decodeLeniently(encoded, plusIsSpace: true) == text)
    }

    @Test("a malformed escape is no text", arguments: ["%", "%4", "%zz", "%C3", "a%2"])
    func malformed(encoded: String) {
        #expect(PercentEncoding.decode(encoded) == nil)
    }
}
