import Testing

@testable import Wire

@Suite("A form is read as a tree")
struct QueryFormTests {
    @Test(
        "parameters stand where their names say",
        arguments: [
            ("", ""), ("a=b", "a:b"), ("a", "a:"), ("a=", "a:"), ("a=b=c", "a:b=c"),
            ("&&a=1&", "a:1"),
            ("a.b=1&a.c=2&a=0", "a.b:1 a.c:2 a:0"), ("a=1&a=2", "a:2"),
            ("k%65y=v%20a+l%3D%26%C3%BC", "key:v a l=&ü"),
            ("L.member.2=b&L.member.1=a", "L.member.1:a L.member.2:b"),
            ("a..b=1", "a..b:1"), ("=x", ":x"),
        ])
    func parameters(text: String, expected: String) throws {
        var form = QueryForm()
        try form.add(parsing: text[...])
        #expect(flatten(form).sorted().joined(separator: " ") == expected)
    }

    @Test(
        "what is no form is refused",
        arguments: ["a=%", "a=%4", "a=%4g", "%zz=1", "a=%C3", "a=%FF%FE"])
    func malformed(text: String) {
        #expect(throws: AWSError.self) {
            var form = QueryForm()
            try form.add(parsing: text[...])
        }
    }

    @Test("too many parameters, and names of too many parts, are refused")
    func bounds() {
        let many = String(repeating: "a=&", count: QueryLimits.parameters + 1)
        let deep = String(repeating: "a.", count: QueryLimits.depth) + "a=1"
        for text in [many, deep] {
            #expect(throws: AWSError.self) {
                var form = QueryForm()
                try form.add(parsing: text[...])
            }
        }
    }

    @Test("the elements of a list come in the order of their numbers, gaps or not")
    func elements() throws {
        var form = QueryForm()
        try form.add(parsing: "L.10=c&L.2=b&L.1=a&M.x=1")
        #expect(try form.children["L"]?.elements().map(\.value) == ["a", "b", "c"])
        #expect(throws: AWSError.self) { try form.children["M"]?.elements() }
    }

    private func flatten(_ form: QueryForm, _ path: [String] = []) -> [String] {
        let own = form.value.map { ["\(path.joined(separator: ".")):\($0)"] } ?? []
        return own + form.children.flatMap { flatten($1, path + [$0]) }
    }
}
