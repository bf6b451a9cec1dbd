import Testing

@testable import Wire

@Suite("violated constraints")
struct ValidationTests {
    private static let schema = ServiceSchema(
        ServiceDescription(
            name: "T", signingName: "t", endpointPrefix: "t", apiVersion: "1", targetPrefix: nil,
            protocols: [.awsJSON11], xmlNamespace: nil, isQueryCompatible: false,
            schema: { preconditionFailure("the test has the schema") }),
        text: """
            s\tInput\t\tFunctionName;1;\tSize;2;\tMode;3;\tTags;4;\tArchitectures;6;\tLabels;7;\tInner;9;\tKMSKeyArn;10;
            S\tName\tmin=1,max=5,pattern=[a-z]*
            i\tSize\tmin=128,max=10240
            S\tMode\tenum=On|Off
            l\tTags\tmax=2\tmember;5;
            s\tTag\t\tKey;1;r\tValue;1;
            l\tArchitectures\tmin=1\tmember;3;
            m\tLabels\tmax=1\tkey;1;\tvalue;8;
            S\tShort\tmax=2
            s\tInner\t\tTags;4;r\tData;11;
            S\tKey\tmin=1
            B\tData\tmax=2
            """)

    private func message(_ text: String) throws -> String {
        let error = try #require(throws: AWSError.self) {
            try AnyStructure.with(Self.schema, 0) {
                _ = try ShapeReader(
                    JSONReader(Array(text.utf8)), in: Self.schema, validation: .validationException
                ).message(AnyStructure.self)
            }
        }
        #expect(error.code == "ValidationException")
        #expect(error.status == 400)
        return error.message
    }

    @Test("an error of constraints says which, for a service that words them in its own way")
    func violations() throws {
        let error = try #require(throws: AWSError.self) {
            try AnyStructure.with(Self.schema, 0) {
                _ = try ShapeReader(
                    JSONReader(Array(#"{"Mode":"Off-ish","Size":1}"#.utf8)), in: Self.schema,
                    validation: .validationException
                ).message(AnyStructure.self)
            }
        }
        #expect(error.violations.map(\.path) == ["mode", "size"])
        #expect(error.violations.first?.value == "Off-ish")
        #expect(
            error.violations.first?.constraint
                == "Member must satisfy enum value set: [On, Off]")
    }

    private static let name =
        "[Member must have length less than or equal to 5, Member must have length greater than or equal to 1"
        + ", Member must satisfy regular expression pattern: [a-z]*, Member must not be null]"

    @Test(
        "one violation is told as AWS tells it",
        arguments: [
            (
                #"{"FunctionName":"abcdef"}"#, "Value 'abcdef' at 'functionName'",
                "Member must have length less than or equal to 5"
            ),
            (
                #"{"FunctionName":""}"#, "Value '' at 'functionName'",
                "Member must have length greater than or equal to 1"
            ),
            (
                #"{"FunctionName":"A"}"#, "Value 'A' at 'functionName'",
                "Member must satisfy regular expression pattern: [a-z]*"
            ),
            (
                #"{"Size":127}"#, "Value '127' at 'size'",
                "Member must have value greater than or equal to 128"
            ),
            (
                #"{"Size":10241}"#, "Value '10241' at 'size'",
                "Member must have value less than or equal to 10240"
            ),
            (
                #"{"Mode":"Auto"}"#, "Value 'Auto' at 'mode'",
                "Member must satisfy enum value set: [On, Off]"
            ),
            (
                #"{"KMSKeyArn":""}"#, "Value '' at 'kMSKeyArn'",
                "Member must have length greater than or equal to 1"
            ),
            (
                #"{"Tags":[{"Key":"a"},{}]}"#, "Value null at 'tags.2.member.key'",
                "Member must not be null"
            ),
            (
                #"{"Tags":[{"Key":"a","Value":"abcdefg"}]}"#,
                "Value 'abcdefg' at 'tags.1.member.value'",
                "Member must have length less than or equal to 5"
            ),
            (#"{"Tags":[null]}"#, "Value null at 'tags.1.member'", "Member must not be null"),
            (
                #"{"Tags":[{"Key":"a"},{"Key":"b"},{"Key":"c"}]}"#, "Value at 'tags'",
                "Member must have length less than or equal to 2"
            ),
            (
                #"{"Architectures":[]}"#, "Value '[]' at 'architectures'",
                "Member must have length greater than or equal to 1"
            ),
            (
                #"{"Architectures":["On","x"]}"#, "Value '[On, x]' at 'architectures'",
                "Member must satisfy constraint: [Member must satisfy enum value set: [On, Off], Member must not be null]"
            ),
            (
                #"{"Labels":{"a":"b","c":"d"}}"#, "Value '{a=b, c=d}' at 'labels'",
                "Member must have length less than or equal to 1"
            ),
            (
                #"{"Labels":{"A":"b"}}"#, "Value '{A=b}' at 'labels'",
                "Map keys must satisfy constraint: \(name)"
            ),
            (
                #"{"Labels":{"a":"bcd"}}"#, "Value '{a=bcd}' at 'labels'",
                "Map value must satisfy constraint: [Member must have length less than or equal to 2, Member must not be null]"
            ),
            (#"{"Inner":{}}"#, "Value null at 'inner.tags'", "Member must not be null"),
            (
                #"{"Inner":{"Tags":[],"Data":"AAAA"}}"#, "Value at 'inner.data'",
                "Member must have length less than or equal to 2"
            ),
        ])
    func one(text: String, subject: String, constraint: String) throws {
        #expect(
            try message(text)
                == "1 validation error detected: \(subject) failed to satisfy constraint: \(constraint)"
        )
    }

    @Test("several violations are told in one message")
    func several() throws {
        #expect(
            try message(#"{"FunctionName":"ABCDEF","Tags":[{}]}"#)
                == "3 validation errors detected: Value 'ABCDEF' at 'functionName' failed to satisfy constraint: "
                + "Member must have length less than or equal to 5; Value 'ABCDEF' at 'functionName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: [a-z]*; Value null at 'tags.1.member.key' "
                + "failed to satisfy constraint: Member must not be null")
    }

    @Test("characters are counted, not bytes")
    func characters() throws {
        #expect(try message(#"{"Labels":{"a":"😀😀😀"}}"#).contains("Map value must satisfy"))
        try AnyStructure.with(Self.schema, 0) {
            _ = try ShapeReader(
                JSONReader(Array(#"{"Labels":{"a":"😀😀"}}"#.utf8)), in: Self.schema,
                validation: .validationException
            ).message(AnyStructure.self)
        }
    }

    @Test("a hostile input makes no endless message")
    func hostile() throws {
        let tags = Array(repeating: "{}", count: 10_000).joined(separator: ",")
        #expect(try message(#"{"Tags":[\#(tags)]}"#).utf8.count < 10_000)
        let long = String(repeating: "a", count: 100_000)
        #expect(try message(#"{"FunctionName":"\#(long)"}"#).utf8.count < 200)
    }

    @Test("a service may report violations in its own way")
    func style() throws {
        let style = ValidationStyle { AWSError("Own", $0.map(\.path).joined()) }
        let error = try #require(throws: AWSError.self) {
            try ShapeReader(
                JSONReader(Array("{}".utf8)), in: SampleService.schema, validation: style
            ).message(Sample.self)
        }
        #expect(error.code == "Own")
        #expect(error.message == "name")
    }
}
