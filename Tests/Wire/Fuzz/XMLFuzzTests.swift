import Testing

@testable import Wire

@Suite("Whatever comes as XML is read or refused")
struct XMLFuzzTests {
    private let fuzz = Fuzz(
        "xml",
        samples: [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<A xmlns='u' b='&lt;'><B>x&amp;&#65;</B><!-- c --><C><![CDATA[<]]></C><D/></A>",
            "<Sample><Name>n</Name><Count>1</Count><Ratio>1.5</Ratio><Flag>true</Flag><Data>AP8Q</Data>"
                + "<Time>2015-01-25T08:00:00Z</Time><Tags><member>a</member></Tags><Item>x</Item><Item>y</Item>"
                + "<Attributes><entry><key>k</key><value>v</value></entry></Attributes><Pair><key>f</key><value>g</value></Pair>"
                + "<Children><member><Name>c</Name></member></Children><Big>9223372036854775807</Big></Sample>",
        ],
        words: [
            "<", ">", "</", "/>", "<a>", "</a>", "<a/>", "&", ";", "&#", "&#x", "&amp;", "]]>",
            "<![CDATA[", "<!--", "-->",
            "<?", "?>", "<!DOCTYPE a [", "xmlns:p='u'", "p:", "=", "'", "\"", " ", "\r\n", "\u{0}",
            "é", "<Name>", "<member>",
            "<entry>", "<key>", "99999999999999999999", "-1", "NaN", "1e999",
        ])

    @Test("a document that is read, is written and read as the same")
    func documents() {
        fuzz.run { input, _ in
            guard let root = try? XMLElement(parsing: input) else { return }
            var writer = XMLWriter()
            write(root, to: &writer)
            let again = try XMLElement(parsing: writer.bytes)
            try #require(again == root)
        }
    }

    @Test("an input that is decoded, is encoded and decoded as the same")
    func values() {
        let service = SampleService.schema(of: .restXML)
        func read(_ bytes: [UInt8]) throws -> Sample {
            try ShapeReader(
                try XMLBodyReader(bytes, in: service), in: service, validation: .validationException
            ).message()
        }
        fuzz.run { input, _ in
            do {
                let sample = try read(input)
                let writer = XMLBodyWriter(in: service, root: .modeled, writesMilliseconds: true)
                sample.write(to: ShapeWriter(writer, in: service, bindsHTTP: false))
                let again = try read(writer.xml.bytes)
                try #require(again.isSame(as: sample), "\(sample) \(again)")
            } catch is AWSError {
            }
        }
    }

    private func write(_ element: XMLElement, to writer: inout XMLWriter) {
        writer.start(element.name)
        for attribute in element.attributes { writer.attribute(attribute.name, attribute.value) }
        // An element of both is written with its text first, and read as the same.
        writer.text(element.text)
        for child in element.children { write(child, to: &writer) }
        writer.end(element.name)
    }
}

extension Sample {
    /// Whether the two are equal, where NaN equals itself, and a flat list or map that is empty one that is not there.
    func isSame(as other: Sample) -> Bool {
        var (left, right) = (self, other)
        (left.ratio, right.ratio) = (nil, nil)
        (left.children, right.children) = (nil, nil)
        (left.flat, right.flat) = (flat ?? [], other.flat ?? [])
        (left.flatAttributes, right.flatAttributes) = (
            flatAttributes ?? [:], other.flatAttributes ?? [:]
        )
        let children = self.children ?? []
        let otherChildren = other.children ?? []
        return left == right
            && (ratio == other.ratio || ratio?.isNaN == true && other.ratio?.isNaN == true)
            && (self.children == nil) == (other.children == nil)
            && children.count == otherChildren.count
            && zip(children, otherChildren).allSatisfy { $0.isSame(as: $1) }
    }
}
