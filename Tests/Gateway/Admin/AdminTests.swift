import HTTPTypes
import Platform
import Synchronization
import Testing
import Wire

@testable import Gateway

@Suite("Apus's own endpoints")
struct AdminTests {
    private func respond(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
        gateway: TestGateway? = nil
    ) async throws -> (Int, Document) {
        let gateway = try gateway ?? TestGateway(clock: SimulatedClock())
        let (response, text) = try await gateway.respond(
            to: WireRequest(
                method: method, path: path, headers: [.hostName: "localhost"],
                body: Body(text: body)))
        return (response.status, try Document(json: text))
    }

    @Test("health says what runs, to us and to scripts for other tools")
    func health() async throws {
        let (status, health) = try await respond(.get, "/_apus/health")
        #expect(status == 200)
        #expect(health["version"] == "1.2.3")
        #expect(health["services"]?["Notes"] == "running")
        #expect(try await respond(.get, "/_localstack/health").1["services"]?["s3"] == "running")
        #expect(try await respond(.get, "/_localstack/info").1["version"] == "1.2.3")
    }

    @Test("the services and their operations come from the tables")
    func services() async throws {
        let (_, catalog) = try await respond(.get, "/_apus/services")
        let notes = catalog["services"]?[2]
        #expect(notes?["name"] == "Notes")
        #expect(notes?["operations"] == ["Echo", "Fail", "Greet"])
        #expect(notes?["unserved"] == ["Forget"])
        #expect(notes?["protocols"] == ["json-1.1", "query", "smithy-rpc-v2-cbor"])
    }

    @Test(
        "the clock is shown and moved",
        arguments: [
            (#"{"advance":"1d"}"#, 86_400), (#"{"advance":90}"#, 90),
            (#"{"advance":"1.5h"}"#, 5_400),
            (#"{"advance":"0"}"#, 0),
        ])
    func clock(order: String, seconds: Double) async throws {
        let gateway = try TestGateway(clock: SimulatedClock())
        let (status, moved) = try await respond(.post, "/_apus/clock", order, gateway: gateway)
        #expect(status == 200)
        #expect(
            moved["aheadSeconds"] == .number(seconds)
                || moved["aheadSeconds"] == .integer(Int64(seconds)))
        let now = Instant(seconds: 1_767_225_600 + Int64(seconds))
        #expect(
            try await respond(.get, "/_apus/clock", gateway: gateway).1["now"]
                == .string(now.iso8601Milliseconds))
    }

    @Test(
        "what is no order to the clock is refused",
        arguments: [
            "", "{}", #"{"advance":-1}"#, #"{"advance":"1y"}"#, #"{"advance":"d"}"#,
            #"{"advance":"nan"}"#,
            #"{"advance":"inf"}"#, #"{"advance":1e300}"#, #"{"advance":["1"]}"#, "{", "[]",
        ])
    func malformedOrder(order: String) async throws {
        #expect(try await respond(.post, "/_apus/clock", order).0 == 400)
    }

    @Test("reset is for the development profile only")
    func reset() async throws {
        #expect(try await respond(.post, "/_apus/reset").0 == 403)
        let count = Counter()
        let gateway = try TestGateway(
            clock: SimulatedClock(), admin: Administration(version: "1") { count.increment() })
        #expect(try await respond(.post, "/_apus/reset", gateway: gateway).0 == 200)
        #expect(count.value == 1)
    }

    @Test(
        "other paths and methods are refused",
        arguments: [(HTTPRequest.Method.get, "/_apus/x", 404), (.get, "/_apus/reset", 405)])
    func others(method: HTTPRequest.Method, path: String, status: Int) async throws {
        #expect(try await respond(method, path).0 == status)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func increment() { count.withLock { $0 += 1 } }
    }
}
