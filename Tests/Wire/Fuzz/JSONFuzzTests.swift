import HTTPTypes
import Testing

@testable import Wire

@Suite("Whatever comes as JSON is read or refused")
struct JSONFuzzTests {
    private static let words = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\\"", "null",
        "true", "false", "-", "0", "1e999",
        "99999999999999999999", "1.5", "\"NaN\"", "\"Name\":", "\"Children\":[{", "{\"\":[", "é",
        "\u{0}", "\u{FFFD}", " ",
    ]
    private static let samples = [
        #"{"Name":"n&<a>me","Count":-7,"Ratio":1.5,"Flag":true,"Data":"AP8Q","Time":1422172800,"Tags":["a","","c"]}"#,
        #"{"Name":"é\u20ac\ud83d\ude00\n","Attributes":{"k1":"v1"},"Children":[{"Name":"c","Children":[{"Name":"d"}]}],"Big":1e3}"#,
        #"{"Other":[1,[2,{"a":null}],"x"],"Name":"x","Time":"2015-01-25T08:00:00Z","Ratio":"-Infinity","Data":null}"#,
    ]

    @Test("a document is read as it is written again, or refused")
    func documents() throws {
        Fuzz("json-document", samples: Self.samples, words: Self.words).run { input, _ in
            guard let document = try? Document(json: input) else { return }
            let again = try Document(json: document.json())
            #expect(again.json() == document.json())
        }
    }

    @Test("a request of a JSON protocol is decoded or refused")
    func requests() {
        let (codec, service) = (AWSJSONCodec(version: "1.1"), SampleService.schema(of: .awsJSON11))
        Fuzz("json-request", samples: Self.samples, words: Self.words).run { input, _ in
            let request = WireRequest(
                method: .post, path: "/", headers: [.amzTarget: "SamplesV1.Do"], body: Body(input))
            do {
                let operation = try codec.operation(for: request, in: service)
                let sample = try codec.decode(
                    Sample.self, of: operation, in: service, from: request)
                let response = codec.encode(sample, of: operation, in: service, requestID: "id-1")
                _ = try Document(json: response.bytes)
            } catch let error as AWSError {
                let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
                #expect(try Document(json: response.bytes)["__type"]?.stringValue == error.code)
            }
        }
    }

    @Test(
        "a request of a REST protocol is decoded or refused, whatever its path, query and headers")
    func bindings() {
        let service = RESTSample.schema
        let fuzz = Fuzz(
            "rest-json",
            samples: [
                "/items/a%20b/parts/x/y?max=5&tag=a&tag=b&flag=true\nTue, 29 Apr 2014 18:30:38 GMT\n{\"Text\":\"x\"}",
                "/items/?list&max=\n5,\"a,b\",c\n", "/files/a/b//c?x-id=GetFile&raw\n\"\\\"\n\u{0}",
            ],
            words: [
                "/", "%", "%2F", "%zz", "%FF", "?", "&", "=", "\"", ",", "\\", "+", "{", "}", "\n",
                "99999999999999999999", "é",
            ])
        fuzz.run { input, _ in
            let parts = String(decoding: input, as: UTF8.self).split(
                separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
            let uri = parts[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            var headers: HTTPFields = [:]
            for name in ["X-Count", "X-Names", "X-Times", "X-Meta-a"].compactMap({
                HTTPField.Name($0)
            }) {
                headers[name] = parts.count > 1 ? String(parts[1]) : nil
            }
            let request = WireRequest(
                method: .get, path: String(uri[0]), query: uri.count > 1 ? String(uri[1]) : "",
                headers: headers, body: Body(text: parts.count > 2 ? String(parts[2]) : ""))
            do {
                let operation = try RESTJSONCodec().operation(for: request, in: service)
                guard operation.input != nil else { return }
                try AnyStructure.with(service, operation.input) {
                    _ = try RESTJSONCodec().decode(
                        AnyStructure.self, of: operation, in: service, from: request)
                }
            } catch let error as AWSError {
                _ = RESTJSONCodec().encode(error, of: nil, in: service, requestID: "id-1")
            }
        }
    }

    @Test("a model's expression is compiled or refused, and any text matched or not")
    func patterns() {
        let fuzz = Fuzz(
            "pattern",
            samples: [
                "[a-z0-9-]{1,63}(?!x)$", "^(?:a|b*)+[^c]{2}\\d\\p{L}(?<=z)",
                "[\\w&&[^_]]\\u0041\\b.*",
            ],
            words: [
                "(", ")", "[", "]", "{", "}", "{2,5}", "*", "+", "?", "|", "^", "$", "\\", "\\p{",
                "&&", "-", "(?!", "(?<=", "[^",
            ])
        fuzz.run { input, choices in
            let half = choices.number(0...input.count)
            let pattern = ConstraintPattern(String(decoding: input[..<half], as: UTF8.self))
            _ = pattern.matches(String(decoding: input[half...].prefix(200), as: UTF8.self))
        }
    }
}
