import Testing

@testable import Wire

@Suite("XML is taken apart strictly")
struct XMLTokenizerTests {
    @Test(
        "a well-formed document yields its elements and text",
        arguments: [
            ("<a/>", "a()"),
            ("<a></a>", "a()"),
            ("<a>x</a>", "a(x)"),
            (
                "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><a >x</a >\n<?p q?>",
                "a(x)"
            ),
            ("<s3:a xmlns:s3='u'><s3:b>1</s3:b><b>2</b></s3:a>", "a(b(1)b(2))"),
            ("<a x='1' p:y=\"&lt;2&gt;\"/>", "a[x=1][p:y=<2>]()"),
            ("<a xmlns='u' b='c'/>", "a[b=c]()"),
            ("<a>&lt;&gt;&amp;&quot;&apos;</a>", "a(<>&\"')"),
            ("<a>&#65;&#x42;&#x1F427;</a>", "a(AB🐧)"),
            ("<a>&#13;\r\n\r</a>", "a(\r\n\n)"),
            ("<a><![CDATA[<b>&amp;]]]></a>", "a(<b>&amp;])"),
            ("<a>x<!-- y -->z<?p?></a>", "a(xz)"),
            ("<ü>é</ü>", "ü(é)"),
            ("<a> <b> </b> </a>", "a( b( ) )"),
        ])
    func wellFormed(document: String, expected: String) throws {
        #expect(try outline(document) == expected)
    }

    @Test(
        "a malformed document is refused",
        arguments: [
            "", " ", "x", "<", "<a", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "x<a/>",
            "<a b/>",
            "<a b=c/>", "<a b='c' b='d'/>", "<a b='c'd='e'/>", "<a b='<'/>", "<a b='c/>", "<1/>",
            "<-a/>",
            "<:a/>", "<a:/>", "< a/>", "<a/ >", "<a>&</a>", "<a>&b;</a>", "<a>&lt</a>",
            "<a>&#0;</a>",
            "<a>&#xD800;</a>", "<a>&#xFFFE;</a>", "<a>&#x110000;</a>", "<a>&#+65;</a>",
            "<a>&#;</a>",
            "<a>]]></a>", "<a>\u{1}</a>", "<!-- a -- b --><a/>", "<!-- a ---><a/>", "<!-- <a/>",
            "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
            "<a><!ELEMENT b></a>", "<a><![CDATA[x]]</a>", "<![CDATA[x]]><a/>",
            "<a/><?xml version='1.0'?>",
            "<?xml version='1.0' encoding='UTF-16'?><a/>", "<?xml version='1.0'", "<a><?p</a>",
        ])
    func malformed(document: String) {
        #expect(throws: XMLError.self) { try outline(document) }
    }

    @Test("text that is not UTF-8 is refused")
    func invalidUTF8() {
        #expect(throws: XMLError.self) {
            try XMLElement(parsing: Array("<a>".utf8) + [0xC3] + Array("</a>".utf8))
        }
    }

    @Test("elements nest up to the limit and no deeper")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth))
                    .utf8)
        }
        _ = try XMLElement(parsing: nested(XMLLimits.depth))
        #expect(throws: XMLError.self) { try XMLElement(parsing: nested(XMLLimits.depth + 1)) }
    }

    @Test("a document has as many elements as the limit says and no more")
    func elements() {
        let document = "<a>" + String(repeating: "<b/>", count: XMLLimits.elements) + "</a>"
        #expect(throws: XMLError.self) { try XMLElement(parsing: Array(document.utf8)) }
    }

    private func outline(_ document: String) throws -> String {
        var tokenizer = XMLTokenizer(Array(document.utf8))
        var outline = ""
        while let token = try tokenizer.next() {
            switch token {
            case .start(let name, let attributes):
                outline += name
                outline += attributes.map { "[\($0.name)=\($0.value)]" }.joined() + "("
            case .text(let text): outline += text
            case .end: outline += ")"
            }
        }
        return outline
    }
}
