import HTTPTypes
import NIOCore
import Platform
import Testing
import Wire

@testable import Gateway

@Suite("Compressed requests")
struct CompressionTests {
    let clock = SimulatedClock()

    private var signer: Signer { Signer(time: clock.now) }

    private func respond(_ request: WireRequest) async throws -> (WireResponse, String) {
        try await TestGateway(clock: clock).respond(to: request)
    }

    /// `{"Text":"hi"}`
    private static let json =
        "1f8b0800000000000203ab560a49ad2851b252cac854aa05000f4bdb4c0d000000"
    /// `Action=Echo&Version=2026-01-01&Text=hi`
    private static let form =
        "1f8b0800000000000203734c2ec9cccfb3754dcec8570b4b2d2a06718c0c8ccc740d0c81482d24b5a2c436231300c188c323"
        + "26000000"

    private static func body(_ text: String) -> Body { Body(Hexadecimal.bytes(text) ?? []) }

    @Test("a body is uncompressed after its signature is checked")
    func json() async throws {
        let request = signer.json("Echo", "") {
            $0.body = Self.body(Self.json)
            $0.headers[.contentEncoding] = "gzip"
        }
        let (response, body) = try await respond(request)
        #expect(response.status == 200)
        #expect(body.contains(#""Text":"hi""#))
    }

    @Test("a form names its operation though it is compressed", arguments: ["notes.", ""])
    func form(host: String) async throws {
        let request = WireRequest(
            method: .post, path: "/",
            headers: [
                .contentType: "application/x-www-form-urlencoded", .hostName: "\(host)localhost",
                .contentEncoding: "gzip",
            ],
            body: Self.body(Self.form))
        let (response, body) = try await respond(signer.signed(request))
        #expect(response.status == 200)
        #expect(body.contains("<EchoResult><Text>hi</Text>"))
    }

    @Test("what is no gzip stream is refused")
    func corrupt() async throws {
        let request = signer.json("Echo", #"{"Text":"hi"}"#) {
            $0.headers[.contentEncoding] = "gzip"
        }
        let (response, body) = try await respond(request)
        #expect(response.status == 400)
        #expect(body.contains("SerializationException"))
    }

    @Test("other codings are not looked at, since clients name some that are none")
    func others() async throws {
        let request = signer.json("Echo", #"{"Text":"hi"}"#) {
            $0.headers[.contentEncoding] = "amz-1.0"
        }
        #expect(try await respond(request).0.status == 200)
    }

    @Test("a body that would be larger than the operation takes is refused")
    func bomb() throws {
        var request = WireRequest(
            method: .post, path: "/", headers: [.contentEncoding: "gzip"],
            body: Self.body(Self.json))
        let error = #expect(throws: AWSError.self) {
            try ContentCoding.open(&request, upTo: 12, for: "a test")
        }
        #expect(error?.status == 413)
    }
}
