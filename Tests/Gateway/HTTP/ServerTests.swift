import Gateway
import NIOCore
import Platform
import ServiceLifecycle
import Logging
import Testing
import Wire

/// Over real sockets: what HTTP clients do, and what they should not.
@Suite("The server", .timeLimit(.minutes(10)))
struct ServerTests {
    private static let site = "Host: abc.lambda-url.localhost\r\n"

    private func get(_ path: String, _ headers: String = "") -> String {
        "GET \(path) HTTP/1.1\r\n\(Self.site)\(headers)\r\n"
    }

    private func post(_ path: String, _ headers: String, _ body: String = "") -> String {
        "POST \(path) HTTP/1.1\r\n\(Self.site)\(headers)\r\n\(body)"
    }

    // MARK: - HTTP/1.1

    @Test("requests that come at once are answered in their order, on one connection")
    func pipelining() async throws {
        try await TestGateway().serve { port in
            let text = try await RawClient.connect(to: port) { client in
                try await client.send(
                    get("/a") + post("/echo", "Content-Length: 3\r\n", "one")
                        + post("/refuse", "Content-Length: 3\r\n", "two")
                        + get("/b", "Connection: close\r\n"))
                return try await client.readToEnd()
            }
            let bodies = text.matches(of: #/lambda-url abc - - \/[ab]|one|no$|no(?=HTTP)/#).map {
                String($0.output)
            }
            #expect(bodies == ["lambda-url abc - - /a", "one", "no", "lambda-url abc - - /b"])
            #expect(text.contains("HTTP/1.1 409 Conflict\r\n"))
        }
    }

    @Test("a body that waits for 100 Continue gets it when it is wanted, and not before")
    func continuing() async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    post("/echo", "Content-Length: 5\r\nExpect: 100-continue\r\n"))
                // The answer is the body itself, so that its head and the interim one come in either order.
                _ = try await client.read(through: "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.send("hello")
                #expect(try await client.read(through: "hello").hasSuffix("hello"))
            }
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    post("/refuse", "Content-Length: 5\r\nExpect: 100-continue\r\n"))
                let text = try await client.readToEnd()
                #expect(text.hasPrefix("HTTP/1.1 409"))
                #expect(text.contains("Connection: close"))
                #expect(!text.contains("100 Continue"))
            }
        }
    }

    @Test("a body in chunks is taken, and one of unknown length is sent in chunks")
    func chunks() async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    post(
                        "/echo", "Transfer-Encoding: chunked\r\n",
                        "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"))
                let head = try await client.read(through: "\r\n\r\n")
                #expect(head.lowercased().contains("transfer-encoding: chunked"))
                let body = try await client.read(through: "0\r\n\r\n")
                #expect(body.replacing(#/[0-9]\r\n|\r\n/#, with: "") == "abcdefg")
            }
        }
    }

    @Test("an answer to HEAD has the length and no body; one to HTTP/1.0 ends with the connection")
    func head() async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    "HEAD /a HTTP/1.1\r\n\(Self.site)\r\n" + get("/b", "Connection: close\r\n"))
                let text = try await client.readToEnd()
                #expect(text.contains("Content-Length: 23\r\n"))
                #expect(!text.contains("/a"))
                #expect(text.contains("/b"))
            }
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    "POST /echo HTTP/1.0\r\n\(Self.site)Content-Length: 2\r\n\r\nhi")
                let text = try await client.readToEnd()
                #expect(text.hasSuffix("\r\n\r\nhi"))
                #expect(!text.contains("chunked"))
            }
        }
    }

    @Test("a client may shut its side before it reads the answer")
    func halfClosed() async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/a"))
                client.finish()
                #expect(try await client.readToEnd().contains("lambda-url abc"))
            }
        }
    }

    @Test(
        "what is not HTTP is answered with 400, and the connection ends",
        arguments: [
            "nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n", "GET  / HTTP/9.9\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET foo HTTP/1.1\r\nHost: a\r\n\r\n",
        ])
    func malformed(text: String) async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(text)
                #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            }
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/a", "Connection: close\r\n"))
                #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test(
        "more header fields than there may be, or longer ones, are answered with 431",
        arguments: [
            String(repeating: "x: y\r\n", count: 201),
            "x: \(String(repeating: "y", count: 33_000))\r\n",
            (0..<70).map { "x\($0): \(String(repeating: "y", count: 1_000))\r\n" }.joined(),
        ])
    func oversizedHead(headers: String) async throws {
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/a", headers))
                #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 431 "))
            }
        }
    }

    // MARK: - Slow clients

    @Test(
        "a client that does not finish its request's head is let go",
        arguments: ["", "G", get0, "PRI * HT"])
    func slowHead(text: String) async throws {
        try await TestGateway { $0.limits.headTimeout = .milliseconds(50) }.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(text)
                #expect(try await client.readToEnd() == "")
            }
        }
    }

    static let get0 = "GET / HTTP/1.1\r\nHost: a\r\nx"

    @Test("a connection without requests is closed")
    func idle() async throws {
        try await TestGateway { $0.limits.idleTimeout = .milliseconds(20) }.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/a"))
                #expect(try await client.readToEnd().contains("lambda-url abc"))
            }
        }
    }

    @Test("a client that stops in the middle of a body is told so")
    func stalledBody() async throws {
        try await TestGateway { $0.limits.stallTimeout = .milliseconds(50) }.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 10\r\n\r\nabc")
                #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
            }
        }
    }

    // MARK: - Flow

    @Test("a large body flows through both ways unchanged")
    func largeEcho() async throws {
        try await TestGateway().serve { port in
            let size = 8 << 20
            let read = try await RawClient.connect(to: port) { client in
                try await client.send(post("/echo", "Content-Length: \(size)\r\n"))
                let writer = client.writer
                async let sent: Void = {
                    let part = ByteBuffer(repeating: UInt8(ascii: "z"), count: 1 << 16)
                    for _ in 0..<(size >> 16) { try await writer.write(part) }
                }()
                let head = try await client.read(through: "\r\n\r\n")
                #expect(head.contains("Content-Length: \(size)\r\n"))
                let count = try await client.read(bytes: size)
                try await sent
                return count
            }
            #expect(read == size)
        }
    }

    @Test("an answer is made no faster than the client takes it")
    func backPressure() async throws {
        let gateway = try TestGateway()
        try await gateway.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/endless"))
                _ = try await client.read(bytes: 1 << 20)
            }
        }
        // The buffers of two sockets and of the channels between; without back-pressure it would be without bound.
        #expect(gateway.endless.taken < 64 << 20)
    }

    @Test("an answer that breaks off is not taken for a whole one")
    func brokenAnswer() async throws {
        try await TestGateway { $0.limits.stallTimeout = .milliseconds(50) }.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(
                    post("/echo", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n"))
                let text = try await client.readToEnd()
                #expect(text.contains("abc"))
                #expect(!text.hasSuffix("0\r\n\r\n"))
            }
        }
    }

    // MARK: - Shutdown

    @Test("a graceful shutdown lets the requests under way end, and closes the rest")
    func drain() async throws {
        let gateway = try TestGateway()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(services: [gateway.gateway], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try await gateway.gateway.boundPort
            tasks.addTask {
                try await RawClient.connect(to: port) { client in
                    try await client.send(get("/hold"))
                    let text = try await client.readToEnd()
                    #expect(text.hasSuffix("held"))
                    #expect(text.contains("Connection: close"))
                }
            }
            try await RawClient.connect(to: port) { idle in
                try await idle.send(get("/a"))
                _ = try await idle.read(through: "/a *")
                await gateway.latch.waitForArrival()
                await group.triggerGracefulShutdown()
                #expect(try await idle.readToEnd() == "")
            }
            gateway.latch.open()
            try await tasks.waitForAll()
        }
    }

    @Test("a shutdown does not wait for ever")
    func drainTimeout() async throws {
        let gateway = try TestGateway { $0.limits.drainTimeout = .milliseconds(50) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(services: [gateway.gateway], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try await gateway.gateway.boundPort
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/hold"))
                await gateway.latch.waitForArrival()
                await group.triggerGracefulShutdown()
                #expect(try await client.readToEnd() == "")
            }
            gateway.latch.open()
            try await tasks.waitForAll()
        }
    }

    @Test("a port that is taken is an error")
    func takenPort() async throws {
        try await TestGateway().serve { port in
            let second = try TestGateway { $0.port = port }
            await #expect(throws: (any Error).self) { try await second.gateway.run() }
            await #expect(throws: (any Error).self) { try await second.gateway.boundPort }
        }
    }

    // MARK: - Fuzz

    @Test("no bytes stop the server", arguments: 0..<40 as Range<UInt64>)
    func fuzz(seed: UInt64) async throws {
        let randomness = SeededRandomness(seed: seed)
        var bytes = Array(
            post(
                "/echo", "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n",
                "3\r\nabc\r\n0\r\n\r\n"
            ).utf8)
        for _ in 0..<3 {
            let change = randomness.bytes(2)
            bytes[Int(change[0]) % bytes.count] = change[1]
        }
        let changed = bytes
        try await TestGateway().serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(ByteBuffer(bytes: changed))
                client.finish()
                _ = try await client.readToEnd()
            }
            try await RawClient.connect(to: port) { client in
                try await client.send(get("/a", "Connection: close\r\n"))
                #expect(try await client.readToEnd().contains("lambda-url abc"))
            }
        }
    }
}
