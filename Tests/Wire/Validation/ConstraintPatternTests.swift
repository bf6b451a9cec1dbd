import FoundationEssentials
import Testing

@testable import Wire

@Suite("regular expressions of the models")
struct ConstraintPatternTests {
    @Test(
        "a text matches whole, or not",
        arguments: [
            ("[a-z]+", "abc", true), ("[a-z]+", "abC", false), ("[a-z]+", "", false),
            ("[a-z]*", "", true),
            ("^[0-9]{2,3}$", "12", true), ("^[0-9]{2,3}$", "1234", false),
            ("\\d{12}", "123456789012", true),
            ("\\d{1,}", "123456", true), ("a|bc", "bc", true), ("a|bc", "abc", false),
            ("(ab)?c", "c", true),
            ("(a|b)*c", "ababc", true), ("(?:x|y)+z", "xyxz", true), ("a.c", "a\nc", false),
            ("(?s)a.c", "a\nc", true),
            ("(?i)true|false", "FaLsE", true), ("[\\w+=,.@-]+", "user.name@x-y", true),
            ("[^/]+", "a/b", false),
            ("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "Größe 5 µ/x", true),
            ("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "a{b}", false),
            ("[\\u0020-\\u00FF]+", "é", true), ("[\\u0020-\\u00FF]+", "€", false),
            ("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*", "a😀\t", true),
            ("((?!^\\d+$)^[0-9a-zA-Z-_]+$)", "123", false),
            ("((?!^\\d+$)^[0-9a-zA-Z-_]+$)", "123a", true),
            ("[0-9A-Za-z\\.\\-_]*(?<!\\.)", "bucket", true),
            ("[0-9A-Za-z\\.\\-_]*(?<!\\.)", "bucket.", false),
            ("^(?=.{3,5}$)a+", "aa", false), ("^(?=.{3,5}$)a+", "aaaa", true),
            ("(?!aws:).+", "aws:x", false),
            ("(?!aws:).+", "aw", true), ("\\bab\\b.*", "ab c", true), ("\\bab\\b.*", "abc", false),
            ("(a*)*b", "aaab", true),
            ("(|a)+", "aaa", true), ("[a-z&&[^aeiou]]+", "xyz", true),
            ("[a-z&&[^aeiou]]+", "xay", false),
            ("[]a]+", "]a", true), ("\\Aab\\z", "ab", true), ("\\p{Alnum}+", "é", false),
            ("\\x41\\x{0022}", "A\"", true), ("a{0}b", "b", true),
            ("\\$LATEST(\\.PUBLISHED)?|[0-9]+", "$LATEST.PUBLISHED", true), ("a++b", "aab", true),
            ("a+?b", "aab", true),
        ])
    func match(pattern: String, text: String, matches: Bool) {
        let pattern = ConstraintPattern(pattern)
        #expect(pattern.unsupported == nil)
        #expect(pattern.matches(text) == matches)
    }

    @Test(
        "what is not regular, or no expression, is not checked",
        arguments: ["(a)\\1", "(a", "a)", "[a", "[b-a]", "\\p{Nope}", "a{2", "(?>a)"])
    func unsupported(pattern: String) {
        let pattern = ConstraintPattern(pattern)
        #expect(pattern.unsupported != nil)
        #expect(pattern.matches("anything"))
    }

    @Test(
        "no text takes longer than its length asks for", .timeLimit(.minutes(10)),
        arguments: [
            "(a*)*b", "(a|a)*b", "(a|aa)+$", "([a-zA-Z]+)*c", "(.*)(.*)(.*)(.*)(.*)x",
            "^(?=(a+)+$)(a+)+b",
        ])
    func hostile(pattern: String) {
        let text = String(repeating: "a", count: 5_000)
        #expect(!ConstraintPattern(pattern).matches(text) || pattern.hasSuffix("$"))
    }

    @Test("every expression of the committed models is supported")
    func models() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/Models").filter {
            $0.hasSuffix(".json")
        }
        #expect(!names.isEmpty)
        for name in names {
            let data = try #require(FileManager.default.contents(atPath: "\(root)/Models/\(name)"))
            guard case .object(let shapes)? = try Document(json: Array(data))["shapes"] else {
                continue
            }
            for (shape, members) in shapes {
                guard let pattern = members["pattern"]?.stringValue else { continue }
                #expect(
                    ConstraintPattern(pattern).unsupported == nil, "\(name) \(shape): \(pattern)")
            }
        }
    }
}
