import ServiceKit
import Testing

@Suite("ARNs")
struct ARNTests {
    @Test(
        "an ARN is read and written as it was",
        arguments: [
            "arn:aws:lambda:us-east-1:123456789012:function:orders:PROD",
            "arn:aws:iam::123456789012:role/service-role/orders", "arn:aws:s3:::bucket/a:b/c",
            "arn:aws-cn:sqs:cn-north-1:123456789012:queue",
        ])
    func roundTrip(text: String) throws {
        #expect(try #require(ARN(text)).description == text)
    }

    @Test("the parts are what stands between the colons")
    func parts() throws {
        let arn = try #require(ARN("arn:aws:logs:eu-west-1:111122223333:log-group:a:b"))
        #expect(arn.partition == "aws")
        #expect(arn.service == "logs")
        #expect(arn.region == "eu-west-1")
        #expect(arn.account == "111122223333")
        #expect(arn.resource == "log-group:a:b")
    }

    @Test(
        "what is no ARN is none",
        arguments: [
            "", "arn", "arn:aws:s3::", "arn:aws:s3:::", "urn:aws:s3:::b", "arn::s3:::b",
            "arn:aws::::b", "orders",
        ])
    func none(text: String) {
        #expect(ARN(text) == nil)
    }
}
