import Testing

@testable import Wire

@Suite("XML is written as AWS writes it")
struct XMLWriterTests {
    @Test("elements, attributes and text stand where they were put")
    func elements() {
        var writer = XMLWriter()
        writer.start("A")
        writer.attribute("xmlns", "u\"v")
        writer.element("B", "x")
        writer.start("C")
        writer.end("C")
        writer.element("D", "")
        writer.end("A")
        #expect(text(writer) == #"<A xmlns="u&quot;v"><B>x</B><C/><D></D></A>"#)
    }

    @Test("an attribute can be added to an element that has content")
    func lateAttribute() {
        var writer = XMLWriter()
        writer.start("A")
        writer.start("B")
        let mark = writer.mark
        writer.element("C", "x")
        writer.attribute("y", "1", at: mark)
        writer.end("B")
        writer.end("A")
        #expect(text(writer) == #"<A><B y="1"><C>x</C></B></A>"#)
    }

    @Test(
        "characters that mean something to XML are escaped",
        arguments: [
            ("a<b>&\"c\"'d'", "a&lt;b&gt;&amp;&quot;c&quot;'d'"), ("\t\n\r", "\t\n&#xd;"),
            ("\u{1}", "&#x1;"),
            ("é🐧", "é🐧"),
        ])
    func escapes(plain: String, escaped: String) {
        var writer = XMLWriter()
        writer.element("a", plain)
        #expect(text(writer) == "<a>\(escaped)</a>")
    }

    @Test(
        "what is written is read again",
        arguments: ["", " a ", "<&>\"'\r\n\t]]>", "🐧\u{85}\u{2028}"])
    func roundTrip(plain: String) throws {
        var writer = XMLWriter()
        writer.declaration()
        writer.element("a", plain)
        #expect(try XMLElement(parsing: writer.bytes).text == plain)
    }

    private func text(_ writer: XMLWriter) -> String {
        String(decoding: writer.bytes, as: UTF8.self)
    }
}
