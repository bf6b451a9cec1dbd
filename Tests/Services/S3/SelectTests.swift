import NIOCore
import S3Model
import TestKit
import Testing
import Wire

@testable import S3

@Suite("Queries")
struct SelectTests {
    private static let csv = "id,name,score\n1,Ada,9.5\n2,\"Bo \"\"B\"\"\",7\n3,Cy,\n"

    private func run(
        _ expression: String, on text: String = csv,
        _ input: InputSerialization = .init(csv: .init(fileHeaderInfo: "USE")),
        _ output: OutputSerialization = .init(csv: CSVOutput()), step: Int = 5
    ) throws -> String {
        var run = try SelectRun(
            SelectObjectContentRequest(
                bucket: "b", key: "k", expression: expression, expressionType: "SQL",
                inputSerialization: input, outputSerialization: output))
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: step) {
            try run.feed(ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)]))
        }
        try run.finish()
        return String(decoding: run.takeOutput(), as: UTF8.self)
    }

    @Test(
        "a query answers records",
        arguments: [
            ("select * from s3object", "1,Ada,9.5\n2,\"Bo \"\"B\"\"\",7\n3,Cy,\n"),
            ("SELECT s.name FROM S3Object s WHERE s.id = 2", "\"Bo \"\"B\"\"\"\n"),
            ("SELECT _2 FROM S3Object WHERE name LIKE '%y' OR id IN ('1')", "Ada\nCy\n"),
            ("SELECT id FROM S3Object WHERE CAST(id AS INT) BETWEEN 2 AND 3", "2\n3\n"),
            ("SELECT UPPER(name), CHAR_LENGTH(name) FROM S3Object LIMIT 1", "ADA,3\n"),
            ("SELECT id FROM S3Object WHERE NOT (score <> '' AND id < 2)", "2\n3\n"),
            (
                "SELECT COUNT(*), SUM(CAST(id AS INT)), AVG(CAST(id AS INT)) FROM S3Object",
                "3,6,2\n"
            ),
            ("SELECT MIN(name), MAX(name) FROM S3Object WHERE id > 1", "\"Bo \"\"B\"\"\",Cy\n"),
            ("SELECT CAST(id AS INT) * 2 + 1 FROM S3Object WHERE id = 1", "3\n"),
            ("SELECT SUBSTRING(name, 2, 1) FROM S3Object WHERE id = 1", "d\n"),
            ("SELECT name FROM S3Object WHERE nothing IS MISSING AND id = 1", "Ada\n"),
        ])
    func answers(expression: String, expected: String) throws {
        for step in [1, 3, 1000] { #expect(try run(expression, step: step) == expected) }
    }

    @Test("documents of JSON are walked through")
    func documents() throws {
        let text = """
            {"items": [{"a": 1, "b": ["x"]}, {"a": 2, "b": []}]}
            """
        let (input, output): (InputSerialization, OutputSerialization) = (
            .init(json: .init(type: "DOCUMENT")), .init(json: JSONOutput(recordDelimiter: ";"))
        )
        #expect(
            try run(
                "SELECT s.a, s.b[0] AS first FROM S3Object[*].items[*] s", on: text, input, output)
                == "{\"a\":1,\"first\":\"x\"};{\"a\":2};")
        #expect(
            try run("SELECT * FROM S3Object[*].items[*] s WHERE s.a > 1", on: text, input, output)
                == "{\"a\":2,\"b\":[]};")
    }

    @Test(
        "what is no query is refused",
        arguments: [
            "", "SELECT", "SELECT * FROM other", "SELECT * FROM S3Object WHERE",
            "SELECT 'a FROM S3Object",
            "SELECT a b c FROM S3Object", "SELECT * FROM S3Object LIMIT x", "DELETE FROM S3Object",
        ])
    func malformed(expression: String) async {
        await expectError("ParseUnexpectedToken") { _ = try run(expression) }
    }

    @Test("failures of a record are said")
    func failures() async {
        await expectError("CastFailed") { _ = try run("SELECT CAST(name AS INT) FROM S3Object") }
        await expectError("UnsupportedFunction") { _ = try run("SELECT FOO(name) FROM S3Object") }
        await expectError("NotImplemented", status: 501) {
            _ = try run("SELECT * FROM S3Object", .init(csv: CSVInput(), compressionType: "GZIP"))
        }
    }

    private func run(_ expression: String, _ input: InputSerialization) throws -> String {
        try run(expression, on: Self.csv, input)
    }
}
