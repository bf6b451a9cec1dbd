import Testing

@Suite("Documentation")
struct DocumentationTests {
    private static let declarations = [
        "func ", "struct ", "class ", "enum ", "protocol ", "actor ",
    ]

    @Test("every type and function that other modules see says what it is")
    func packageDeclarations() {
        for file in SourceTree.files(in: "Sources", "Support") {
            for (number, text) in file.code {
                let trimmed = text.drop { $0 == " " }
                guard trimmed.hasPrefix("package "), !trimmed.contains(" override "),
                    Self.declarations.contains(where: { trimmed.contains($0) }),
                    !trimmed.contains("static func < "), !trimmed.contains("static func == ")
                else { continue }
                if !Self.isDocumented(file, before: number) {
                    Issue.record("\(file.path):\(number): \(trimmed) is not documented")
                }
            }
        }
    }

    /// Whether a documentation comment, attributes aside, ends on the line before; or an extension that implements a protocol holds
    /// the declaration, which the protocol documents.
    private static func isDocumented(_ file: SourceFile, before number: Int) -> Bool {
        var index = number - 2
        while index >= 0 {
            let line = file.lines[index].drop { $0 == " " }
            if line.hasPrefix("@") || line.hasPrefix("//") && !line.hasPrefix("///") {
                index -= 1
                continue
            }
            if line.hasPrefix("///") { return true }
            break
        }
        return implementsProtocol(file, at: number)
    }

    private static func implementsProtocol(_ file: SourceFile, at number: Int) -> Bool {
        let indent = file.lines[number - 1].prefix { $0 == " " }.count
        guard indent >= 4 else { return false }
        for line in file.lines[..<(number - 1)].reversed() where !line.isEmpty {
            guard line.prefix(while: { $0 == " " }).count < indent else { continue }
            return line.contains(":") || line.hasPrefix("{") || line.hasPrefix(")")
        }
        return false
    }

    @Test("every served operation has a row in its service's page, and a test")
    func operations() {
        let tests =
            (SourceTree.paths(below: "Tests/EndToEnd") + SourceTree.paths(below: "Tests/Services"))
            .filter { $0.hasSuffix(".py") || $0.hasSuffix(".swift") }
            .map { SourceTree.text(of: $0) }.joined()
        let pages = SourceTree.paths(below: "docs/services").map { SourceTree.text(of: $0) }
            .joined()
        for path in SourceTree.paths(below: "Sources/Services")
        where path.contains("/Operations/") && path.hasSuffix(".swift") {
            let name = String(path.split(separator: "/").last?.dropLast(6) ?? "")
            guard SourceTree.text(of: path).contains("struct \(name): OperationHandler") else {
                continue
            }
            #expect(pages.contains(name), "\(name) has no row in docs/services")
            let inPython = Self.snakeCase(name)
            let inSwift = name.prefix(1).lowercased() + name.dropFirst()
            #expect(
                tests.contains(inPython) || tests.contains(inSwift) || tests.contains(name),
                "\(name) has no test")
        }
    }

    /// `CreateFunctionUrlConfig` as boto3 has it: `create_function_url_config`.
    private static func snakeCase(_ name: String) -> String {
        var snake = ""
        for character in name {
            if character.isUppercase, !snake.isEmpty { snake.append("_") }
            snake.append(character.lowercased())
        }
        return snake
    }
}
