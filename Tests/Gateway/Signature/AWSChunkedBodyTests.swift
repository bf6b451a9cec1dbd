import HTTPTypes
import NIOCore
import Platform
import Testing
import Wire

@testable import Gateway

@Suite("aws-chunked bodies")
struct AWSChunkedBodyTests {
    /// The example that AWS gives for a body signed chunk by chunk.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>
    @Test("the documented example's chunks are verified")
    func documentedExample() throws {
        let scope = CredentialScope(date: "20130524", region: "us-east-1", service: "s3")
        var chain = ChunkSignatureChain(
            key: SigningKey(secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope: scope),
            scope: scope,
            timestamp: "20130524T000000Z",
            seed: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            accessKeyID: "AKIAIOSFODNN7EXAMPLE")
        let chunks = [
            (65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
            (1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
            (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
        ]
        for (size, signature) in chunks {
            chain.add(ByteBuffer(repeating: UInt8(ascii: "a"), count: size))
            try chain.endChunk(signature: signature)
        }
        #expect(throws: SignatureFailure.self) { try chain.endChunk(signature: chunks[0].1) }
    }

    // MARK: - Unsigned chunks with a checksum behind

    /// The checksums of `123456789`, the check value of each algorithm's definition.
    static let checksums = [
        ("x-amz-checksum-crc32", "y/Q5Jg=="), ("x-amz-checksum-crc32c", "4waSgw=="),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ]

    private static func request(_ body: String, length: Int, trailer: String?) -> WireRequest {
        var request = WireRequest(
            method: .put, path: "/b/k",
            headers: [
                .amzDecodedContentLength: String(length), .contentEncoding: "gzip, aws-chunked",
                .amzContentSHA256: "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            ], body: Body(text: body))
        request.headers[.amzTrailer] = trailer
        return request
    }

    @Test("a trailing checksum is verified and passed on", arguments: checksums)
    func trailingChecksum(field: String, value: String) throws {
        var request = Self.request(
            "4\r\n1234\r\n5\r\n56789\r\n0\r\n\(field):\(value)\r\n\r\n", length: 9, trailer: field)
        try AWSChunkedBody.open(&request, signatures: nil, hasTrailer: true)
        guard case .bytes(let body) = request.body else { return #expect(Bool(false)) }
        #expect(String(buffer: body) == "123456789")
        #expect(request.headers[HTTPField.Name(field)!] == value)
        #expect(request.headers[.contentLength] == "9")
        #expect(request.headers[.contentEncoding] == "gzip")

        var wrong = Self.request(
            "4\r\n1234\r\n5\r\n56780\r\n0\r\n\(field):\(value)\r\n\r\n", length: 9, trailer: field)
        let error = #expect(throws: AWSError.self) {
            try AWSChunkedBody.open(&wrong, signatures: nil, hasTrailer: true)
        }
        #expect(error?.code == "BadDigest")
    }

    @Test(
        "what is malformed is refused",
        arguments: [
            ("5\r\nhello\r\n0\r\n\r\n", 4, "IncompleteBody"),
            ("5\r\nhello\r\n0\r\n\r\n", 6, "IncompleteBody"),
            ("5\r\nhello\r\n", 5, "IncompleteBody"), ("5\r\nhel", 5, "IncompleteBody"),
            ("", 0, "IncompleteBody"),
            ("z\r\n\r\n", 0, "InvalidRequest"), ("5\r\nhelloXX0\r\n\r\n", 5, "InvalidRequest"),
            ("-5\r\nhello\r\n0\r\n\r\n", 5, "InvalidRequest"),
            ("+5\r\nhello\r\n", 5, "InvalidRequest"),
            ("ffffffffffffffff\r\n", 5, "InvalidRequest"),
            ("0\r\nnocolon\r\n\r\n", 0, "InvalidRequest"),
            ("0\r\n\r\nmore", 0, "InvalidRequest"),
        ])
    func malformed(body: String, length: Int, code: String) {
        var request = Self.request(body, length: length, trailer: nil)
        let error = #expect(throws: AWSError.self) {
            try AWSChunkedBody.open(&request, signatures: nil, hasTrailer: true)
        }
        #expect(error?.code == code)
    }

    @Test("a promised checksum that does not come is missed")
    func missingTrailer() {
        var request = Self.request("0\r\n\r\n", length: 0, trailer: "x-amz-checksum-crc32")
        let error = #expect(throws: AWSError.self) {
            try AWSChunkedBody.open(&request, signatures: nil, hasTrailer: true)
        }
        #expect(error?.code == "MalformedTrailerError")
    }

    @Test("the length without the framing has to be said")
    func missingLength() {
        var request = Self.request("0\r\n\r\n", length: 0, trailer: nil)
        request.headers[.amzDecodedContentLength] = nil
        let error = #expect(throws: AWSError.self) {
            try AWSChunkedBody.open(&request, signatures: nil, hasTrailer: true)
        }
        #expect(error?.code == "MissingContentLength")
    }

    // MARK: - Signed chunks, through the gateway

    private static let clock = SimulatedClock()

    /// A request whose body is signed chunk by chunk, with a checksum behind it, itself signed.
    private static func signedRequest(_ chunks: [String], spoil: (String) -> String) -> WireRequest
    {
        let signer = Signer(service: "s3", time: clock.now, encodesPathOnce: true)
        var checksum = TrailingChecksum(field: "x-amz-checksum-crc32c")!
        chunks.forEach { checksum.add(ByteBuffer(string: $0)) }
        let length = chunks.map(\.utf8.count).reduce(0, +)
        var request = WireRequest(
            method: .put, path: "/b/k",
            headers: [
                .hostName: "localhost", .amzDecodedContentLength: String(length),
                .contentEncoding: "aws-chunked",
                .amzTrailer: "x-amz-checksum-crc32c",
            ])
        request = signer.signed(request, payloadHash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
        var chain = signer.chain(of: request)
        var body = ""
        for chunk in chunks + [""] {
            let signature = chain.sign(chunk)
            body +=
                "\(String(chunk.utf8.count, radix: 16));chunk-signature=\(signature)\r\n\(chunk)"
            if !chunk.isEmpty { body += "\r\n" }
        }
        let trailer = "x-amz-checksum-crc32c:\(checksum.value)"
        body +=
            "\(trailer)\r\nx-amz-trailer-signature:\(chain.signTrailers("\(trailer)\n"))\r\n\r\n"
        request.body = Body(text: spoil(body))
        return request
    }

    @Test("chunks, trailer and checksum are verified as they flow")
    func signedChunks() async throws {
        let gateway = try TestGateway(clock: Self.clock)
        let chunks = [
            String(repeating: "a", count: 70_000), "b", String(repeating: "c", count: 9_000),
        ]
        let (response, body) = try await gateway.respond(to: Self.signedRequest(chunks) { $0 })
        #expect(response.status == 200, "\(body)")
        #expect(response.headers[HTTPField.Name("x-amz-size")!] == "79001")
    }

    @Test(
        "a changed byte, chunk or trailer breaks the chain",
        arguments: [
            ("aaaa", "aaab"), ("\r\nb\r\n", "\r\nx\r\n"), ("chunk-signature=", "chunk-signature=0"),
            ("x-amz-trailer-signature:", "x-amz-trailer-signature:0"),
        ])
    func brokenChain(original: String, replacement: String) async throws {
        let gateway = try TestGateway(clock: Self.clock)
        let request = Self.signedRequest([String(repeating: "a", count: 100), "b"]) { body in
            guard let range = body.firstRange(of: original) else { return body }
            return body.replacingCharacters(in: range, with: replacement)
        }
        let (response, body) = try await gateway.respond(to: request)
        #expect(response.status == 403)
        #expect(body.contains("SignatureDoesNotMatch"))
    }

    // MARK: - Fuzz

    @Test("no bytes make the decoder do more than refuse them", arguments: 0..<200 as Range<UInt64>)
    func fuzz(seed: UInt64) throws {
        let randomness = SeededRandomness(seed: seed)
        let valid = Array(
            "5;chunk-signature=ab\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n".utf8)
        for _ in 0..<20 {
            var bytes = valid
            for change in randomness.bytes(6).chunked(by: 2) {
                bytes[Int(change[0]) % bytes.count] = change[1]
            }
            var decoder = AWSChunkDecoder()
            var data = 0
            do {
                // In two halves, so that every line is cut once.
                let cut = Int(randomness.bytes(1)[0]) % bytes.count
                for half in [bytes[..<cut], bytes[cut...]] {
                    decoder.feed(ByteBuffer(bytes: half))
                    while let event = try decoder.next() {
                        if case .data(let part) = event { data += part.readableBytes }
                    }
                }
            } catch is AWSChunkDecoder.Malformed {}
            #expect(data <= bytes.count)
        }
    }
}

extension Array {
    fileprivate func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String
    {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
