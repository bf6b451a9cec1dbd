import Gateway
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// TLS on the port that speaks without it too.
@Suite("TLS", .timeLimit(.minutes(10)))
struct TLSTests {
    private static func exchange(port: Int, protocols: [String], _ text: String) async throws
        -> String
    {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.certificate.utf8)))
        configuration.applicationProtocols = protocols
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            for try await bytes in inbound {
                answer += String(decoding: bytes.readableBytesView, as: UTF8.self)
                // HTTP/2's first frame is SETTINGS: three bytes of length, then type 4.
                if answer.contains("lambda-url abc") || protocols == ["h2"] { break }
            }
            return answer
        }
    }

    @Test("one port speaks TLS with either version of HTTP, and without")
    func tls() async throws {
        try await TestCertificate.withFiles { certificatePath, keyPath in
            let gateway = try TestGateway {
                $0.tls = .init(certificatePath: certificatePath, keyPath: keyPath)
            }
            try await gateway.serve { port in
                let request =
                    "GET /a HTTP/1.1\r\nHost: abc.lambda-url.localhost\r\nConnection: close\r\n\r\n"
                #expect(
                    try await Self.exchange(port: port, protocols: ["http/1.1"], request).hasPrefix(
                        "HTTP/1.1 200"))
                let preface =
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u{0}\u{0}\u{0}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}"
                let frames = Array(
                    try await Self.exchange(port: port, protocols: ["h2"], preface).utf8)
                #expect(frames.count > 4 && frames[3] == 4)
                try await RawClient.connect(to: port) { client in
                    try await client.send(request)
                    #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 200"))
                }
            }
        }
    }

    @Test("a certificate that cannot be read is an error at start")
    func unreadable() {
        #expect(throws: (any Error).self) {
            try TestGateway { $0.tls = .init(certificatePath: "/nowhere", keyPath: "/nowhere") }
        }
    }
}
