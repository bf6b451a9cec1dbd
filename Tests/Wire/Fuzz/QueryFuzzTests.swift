import HTTPTypes
import Testing

@testable import Wire

@Suite("Whatever comes as a form is read or refused")
struct QueryFuzzTests {
    private let service = SampleService.schema
    private let fuzz = Fuzz(
        "query",
        samples: [
            "Action=Do&Version=2020-01-08&Name=n%26me&Count=-7&Ratio=1.5&Flag=true&Data=AP8Q&Time=2015-01-25T08%3A00%3A00Z",
            "Name=&Tags.member.1=a&Tags.member.3=c&Item.2=y&Item.1=x&Attributes.entry.1.key=k1&Attributes.entry.1.value=v1",
            "Name=x&Pair.1.key=f&Pair.1.value=g&Children.member.1.Name=child&Children.member.1.Children.member.1.Name=c&Big=1",
            "Name=x&Tags.1=a&Children.1.Name=c&Children.1.Children.1.Name=d",
        ],
        words: [
            "&", "=", ".", "%", "%00", "%FF", "+", ".member.", ".entry.", ".1",
            ".99999999999999999999", ".-1", ".key", ".value",
            "Name", "Children.member.1.", "Action=Do", "Version=", "99999999999999999999", "1e999",
            "é",
        ])

    @Test("a request is decoded or refused", arguments: [QueryDialect.aws, .ec2])
    func requests(dialect: QueryDialect) {
        let codec: any WireCodec = dialect == .aws ? AWSQueryCodec() : EC2QueryCodec()
        fuzz.run { input, choices in
            let half = choices.number(0...input.count)
            let request = WireRequest(
                method: .post, path: "/", query: String(decoding: input[..<half], as: UTF8.self),
                body: Body(input[half...]))
            do {
                let operation =
                    (try? codec.operation(for: request, in: service)) ?? service.operations[0]
                let sample = try codec.decode(
                    Sample.self, of: operation, in: service, from: request)
                _ = codec.encode(sample, of: operation, in: service, requestID: "id-1")
            } catch let error as AWSError {
                _ = codec.encode(error, of: nil, in: service, requestID: "id-1")
            }
        }
    }
}
