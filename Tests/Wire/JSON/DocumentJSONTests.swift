import Testing

@testable import Wire

@Suite("documents as JSON")
struct DocumentJSONTests {
    @Test(
        "a text is read as the value that it stands for",
        arguments: [
            ("null", Document.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9223372036854775808)), ("1.0", .number(1)),
            ("1e3", .number(1000)),
            ("-2.5E-1", .number(-0.25)), ("\"\"", ""),
            (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            (#""\u00e9\u20AC\ud83d\ude00""#, "é€😀"), ("\"é€😀\"", "é€😀"), ("[]", []),
            ("{}", .object([:])),
            ("[1,[2,{}],\"x\"]", [1, [2, .object([:])], "x"]),
            (#"{"a":1,"b":{"c":[null]}}"#, ["a": 1, "b": ["c": [nil]]]),
            (#"{"a":1,"a":2}"#, ["a": 2]), ("\t[\n1 ,\r2 ]", [1, 2]),
        ] as [(String, Document)])
    func read(text: String, value: Document) throws {
        #expect(try Document(json: text) == value)
    }

    @Test(
        "a text that is no JSON is refused, and the offset of its fault told",
        arguments: [
            ("", 0), ("  ", 2), ("nul", 3), ("nulL", 3), ("truee", 4), ("01", 1), ("-", 1),
            ("1.", 2), ("1e", 2), ("1e+", 3),
            (".5", 0), ("+1", 0), ("NaN", 0), ("'a'", 0), ("\"a", 2), ("\"\\", 2), ("\"\\x\"", 2),
            ("\"\\u12g4\"", 5),
            ("\"\u{1}\"", 1), ("[1", 2), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("{\"a\"}", 4),
            ("{\"a\":}", 5),
            ("{a:1}", 1), ("{\"a\":1,}", 7), ("1 2", 2), ("]", 0), ("{]", 1), ("[}", 1),
            ("1e400", 5),
        ])
    func refuse(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try Document(json: text) }
        #expect(error?.offset == offset)
    }

    @Test(
        "text that is no UTF-8, and halves of surrogate pairs, are refused",
        arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]]
            as [[UInt8]]
            + [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#].map { Array($0.utf8) }
    )
    func encoding(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try Document(json: bytes) }
    }

    @Test("a text nests as deep as the limit, and no deeper")
    func depth() throws {
        let nested = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try Document(json: nested(Document.greatestDepth))
        #expect(throws: JSONError.self) { try Document(json: nested(Document.greatestDepth + 1)) }
        #expect(throws: JSONError.self) { try Document(json: nested(1_000_000)) }
    }

    @Test(
        "a document is written without white space, keys in order, escapes where they must be",
        arguments: [
            (["b": 1, "a": [true, nil, "x"]], #"{"a":[true,null,"x"],"b":1}"#),
            (
                "\"\\/\u{0}\u{1f}\u{7f}\n",
                #""\"\\/\u0000\u001f"#
                    + "\u{7f}" + #"\n""#
            ), (1.5, "1.5"), (1e21, "1e+21"), (.number(.nan), "\"NaN\""),
            (.number(-.infinity), "\"-Infinity\""),
            (.number(0.1), "0.1"), (.integer(.min), "-9223372036854775808"), ("é€😀", "\"é€😀\""),
        ] as [(Document, String)])
    func write(value: Document, text: String) {
        #expect(value.jsonText == text)
    }
}
