import TestKit
import Testing
import Wire

@testable import CloudWatchLogs

@Suite("Filter patterns")
struct FilterPatternTests {
    @Test(
        "terms find words and phrases anywhere in a message",
        arguments: [
            ("", "anything", true),
            ("ERROR", "[ERROR 400] BAD REQUEST", true),
            ("ERROR", "error", false),
            ("ERROR ARGUMENTS", "ERROR: MISSING ARGUMENTS", true),
            ("ERROR ARGUMENTS", "ERROR 401 UNAUTHORIZED", false),
            ("?ERROR ?ARGUMENTS", "INVALID ARGUMENTS", true),
            ("?ERROR ?ARGUMENTS", "fine", false),
            ("ERROR -ARGUMENTS", "ERROR 401", true),
            ("ERROR -ARGUMENTS", "ERROR MISSING ARGUMENTS", false),
            ("-ERROR", "all is well", true),
            ("?ERROR REQUEST", "INVALID REQUEST", true),
            ("?ERROR REQUEST", "ERROR", false),
            ("\"INTERNAL SERVER ERROR\"", "an INTERNAL SERVER ERROR happened", true),
            ("\"a \\\"b\\\"\"", "say a \"b\"", true),
            ("-\"not this\"", "but not this", false),
            ("%AUTHORIZED%", "UNAUTHORIZED REQUEST", true),
            ("%\\d{1,3}\\.\\d{1,3}%", "at 10.2 now", true),
            ("%^ERR|fail$%", "an ERR", false),
            ("%^ERR|fail$%", "they fail", true),
            ("%colou?r%", "the color", true),
            ("%[^a-z]9%", "x9", false),
        ])
    func terms(pattern: String, message: String, isFound: Bool) throws {
        #expect(try FilterPattern(pattern).matches(Array(message.utf8)) == isFound)
    }

    @Test(
        "brackets compare the fields between spaces",
        arguments: [
            ("[ip, user, status]", "127.0.0.1 bob 200", true),
            ("[ip, user, status]", "127.0.0.1 bob 200 17", false),
            ("[ip, user, status]", "127.0.0.1 bob", false),
            ("[ip, user, status = 404]", "127.0.0.1 bob 404", true),
            ("[ip, user, status = 4*]", "127.0.0.1 bob 403", true),
            ("[ip, user, status = 4*]", "127.0.0.1 bob 200", false),
            ("[ip, user, status != 4*]", "127.0.0.1 bob 200", true),
            ("[..., status >= 400, bytes]", "a b c 500 12", true),
            ("[..., status >= 400, bytes]", "a b c 302 12", false),
            ("[ip, ...]", "1.1.1.1 and more", true),
            ("[ip=1.*, ..., last=z]", "1.1.1.1 x y z", true),
            ("[w1=ERROR || w1=WARN, ...]", "WARN disk is full", true),
            ("[w1=ERROR || w1=WARN, ...]", "INFO disk is full", false),
            ("[w1!=ERROR&&w1!=WARN, w2]", "INFO x", true),
            ("[status = 4* && status != 404, ...]", "404 x", false),
            ("[(a = 1 || a = 2) && a > 1]", "2", true),
            (
                "[ip, time, request=\"GET *\", ...]",
                "1.1.1.1 [10/Oct/2000:13:25:15 -0700] \"GET /a b\" 200", true
            ),
            ("[a = %[0-9]{3}%, b]", "x404y z", true),
            ("[a > 1]", "many", false),
        ])
    func fields(pattern: String, message: String, isFound: Bool) throws {
        #expect(try FilterPattern(pattern).matches(Array(message.utf8)) == isFound)
    }

    private static let trail = """
        {"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "errorCode": 400,
        "errorMessage": null, "took": 12.5, "is.odd": 1, "active": true, "detail-type": "x",
        "users": [{"id": "root", "age": 7}, {"id": "bob", "age": 31}], "big": 20000000000000000001}
        """

    @Test(
        "braces compare the properties of JSON",
        arguments: [
            ("{ $.eventType = \"UpdateTrail\" }", true),
            ("{ $.eventType = UpdateTrail }", true),
            ("{$.eventType=\"Update*\"}", true),
            ("{ $.eventType = \"Update\" }", false),
            ("{ $.sourceIPAddress != 123.123.* }", true),
            ("{ $.sourceIPAddress = 111.* }", true),
            ("{ $.errorCode = 400 }", true),
            ("{ $.errorCode = 4* }", true),
            ("{ $.errorCode >= 400 && $.errorCode < 500 }", true),
            ("{ $.errorCode > 400 }", false),
            ("{ $.took <= 12.5 }", true),
            ("{ $.took = 1.25e1 }", true),
            ("{ $.errorMessage IS NULL }", true),
            ("{ $.errorCode IS NULL }", false),
            ("{ $.nothing NOT EXISTS }", true),
            ("{ $.errorCode not exists }", false),
            ("{ $.errorCode EXISTS }", true),
            ("{ $.active IS TRUE }", true),
            ("{ $.active IS FALSE }", false),
            ("{ $.detail-type = \"x\" }", true),
            ("{ $.users[0].id = \"root\" }", true),
            ("{ $.users[1].age > 30 }", true),
            ("{ $.users[*].id = \"bob\" }", true),
            ("{ $.users[5].id = \"bob\" }", false),
            ("{ $.missing = \"a\" }", false),
            ("{ $.missing != \"a\" }", false),
            ("{ ($.errorCode = 1 || $.took > 12) && $.eventType = \"*Trail\" }", true),
            ("{ $.errorCode = 1 || $.took > 12 && $.eventType = \"x\" }", false),
            ("{ $.eventType = %^Up[a-z]+% }", true),
            ("{ $.big > 5 }", true),
        ])
    func json(pattern: String, isFound: Bool) throws {
        #expect(try FilterPattern(pattern).matches(Array(Self.trail.utf8)) == isFound)
    }

    @Test("braces find nothing in what is not JSON", arguments: ["", "plain", "{\"a\": ", "[1"])
    func notJSON(message: String) throws {
        #expect(try !FilterPattern("{ $.a NOT EXISTS }").matches(Array(message.utf8)))
    }

    @Test(
        "a pattern that is none is refused",
        arguments: [
            ("RequestId: 5", "Invalid character(s) in term ':'"),
            ("a(b", "Invalid character(s) in term '('"),
            ("{ $.\"detail-type\" = 1 }", "Invalid character(s) in term '\"'"),
            ("{ $.a = }", "Invalid character(s) in term '}'"),
            ("{ $.a }", "Invalid character(s) in term '}'"),
            ("{ $.a = 1", nil), ("{ a = 1 }", nil), ("{}", nil), ("{ $ = 1 }", nil),
            ("{ $.a > \"x\" }", nil), ("{ $.a = 1 } x", nil), ("{ $.a = 1 && }", nil),
            ("[a", nil), ("[]", nil), ("[..., ...]", nil), ("[a > b]", nil),
            ("\"open", nil), ("%open", nil), ("%a(b)%", nil), ("%[a%", nil), ("%%", nil),
            ("?", nil),
            ("[a = %1%, b = %2%, c = %3%]", nil),
            ("%a{1,99999999}%", nil),
        ] as [(String, String?)])
    func refusals(pattern: String, message: String?) async {
        await expectError("InvalidParameterException", message) { _ = try FilterPattern(pattern) }
    }

    @Test("a regular expression takes no longer for a text made to mislead it")
    func linearTime() throws {
        let pattern = try FilterPattern("%a*a*a*a*a*a*a*a*b%")
        #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 2_000)))
    }
}
