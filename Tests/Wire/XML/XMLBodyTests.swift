import Platform
import Testing

@testable import Wire

@Suite("Values are written as XML and read again")
struct XMLBodyTests {
    private let service = SampleService.schema(of: .restXML)

    @Test("what is written is read again")
    func roundTrip() throws {
        let writer = XMLBodyWriter(in: service, root: .modeled)
        Sample.full.write(to: ShapeWriter(writer, in: service, bindsHTTP: false))
        #expect(try read(String(decoding: writer.xml.bytes, as: UTF8.self)) == .full)
    }

    @Test("members come in any order, flat lists in pieces, the rest is passed over")
    func order() throws {
        let sample = try read(
            "<p:Any xmlns:p='u'><Item>a</Item><Other><Name>no</Name></Other><Name>x</Name> <Item>b</Item>"
                + "<Tags><member>t</member><other/></Tags><p:Name>y</p:Name></p:Any>")
        #expect(
            sample
                == Sample("y") {
                    $0.tags = ["t"]
                    $0.flat = ["a", "b"]
                })
    }

    @Test("an empty element is an empty string, list or map")
    func empty() throws {
        let sample = try read("<A><Name/><Tags></Tags><Attributes/></A>")
        #expect(sample == Sample("") { ($0.tags, $0.attributes) = ([], [:]) })
    }

    @Test(
        "what is not what the model says is malformed",
        arguments: [
            "", "<A>", "<A><Name>x</Nam></A>", "<A><Name><b/></Name></A>",
            "<A><Name/><Count>x</Count></A>",
            "<A><Name/><Count/></A>", "<A><Name/><Flag>1</Flag></A>",
            "<A><Name/><Data>*</Data></A>",
            "<A><Name/><Time>now</Time></A>", "<A><Name/><Pair><value>x</value></Pair></A>",
        ])
    func malformed(document: String) {
        let error = #expect(throws: AWSError.self) { try read(document) }
        #expect(error?.code == "MalformedXML")
    }

    @Test("the outermost element has the name that the model gives it")
    func root() throws {
        _ = try read("<Right><Name/></Right>", roots: ["Right"])
        #expect(throws: AWSError.self) { try read("<Wrong><Name/></Wrong>", roots: ["Right"]) }
    }

    private func read(_ document: String, roots: [String] = []) throws -> Sample {
        let body = try XMLBodyReader(Array(document.utf8), in: service, roots: roots)
        return try ShapeReader(body, in: service, validation: .validationException).message()
    }
}
