import Testing

@testable import Gateway

@Suite("Buckets in host names")
struct BucketHostTests {
    @Test(
        "a host name names a bucket",
        arguments: [
            ("photos.s3.localhost:4566", "photos"), ("a.b.s3.eu-west-1.localhost", "a.b"),
            ("photos.localhost", "photos"), ("photos.s3.us-west-2.amazonaws.com", "photos"),
            ("photos.s3-us-west-2.amazonaws.com", "photos"), ("s3.localhost", nil),
            ("s3.eu-west-1.localhost", nil), ("localhost", nil), ("127.0.0.1:4566", nil),
            ("us-east-1.localhost", nil), ("photos.example.com", nil),
        ] as [(String, String?)])
    func bucket(host: String, bucket: String?) {
        #expect(HostName(host, baseDomains: ["localhost"]).bucket == bucket)
    }
}
