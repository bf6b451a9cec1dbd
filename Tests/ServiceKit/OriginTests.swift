import ServiceKit
import Testing

@Suite("Where clients find Apus")
struct OriginTests {
    @Test("URLs of hosted things follow what the client called")
    func hostedURL() {
        let local = Origin(scheme: "http", host: "127.0.0.1", port: 4566, baseDomain: "localhost")
        #expect(local.description == "http://127.0.0.1:4566")
        #expect(
            local.hostedURL("abc.lambda-url.us-east-1")
                == "http://abc.lambda-url.us-east-1.localhost:4566/")
        let far = Origin(scheme: "https", host: "x.org", port: nil, baseDomain: "x.org")
        #expect(far.description == "https://x.org")
        #expect(far.hostedURL("abc") == "https://abc.x.org/")
    }
}
