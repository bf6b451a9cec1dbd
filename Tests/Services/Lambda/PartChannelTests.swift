import Testing

@testable import Lambda

@Suite("A channel of parts")
struct PartChannelTests {
    @Test("parts come in order, and the sender waits for a slow reader")
    func order() async throws {
        let channel = PartChannel<Int>(capacity: 2)
        async let sent: Void = {
            for number in 0..<100 { await channel.send(number) }
            channel.finish()
        }()
        var received: [Int] = []
        while let number = try await channel.next() { received.append(number) }
        await sent
        #expect(received == Array(0..<100))
        #expect(try await channel.next() == nil)
    }

    @Test("an error comes after the parts that were sent before it")
    func failure() async throws {
        struct Broken: Error {}
        let channel = PartChannel<Int>(capacity: 2)
        await channel.send(1)
        channel.finish(throwing: Broken())
        #expect(try await channel.next() == 1)
        await #expect(throws: Broken.self) { try await channel.next() }
    }

    @Test("a sender does not wait for a reader that has left")
    func abandoned() async throws {
        let channel = PartChannel<Int>(capacity: 1)
        async let sent: Void = {
            for number in 0..<10 { await channel.send(number) }
            channel.finish()
        }()
        _ = try await channel.next()
        channel.abandon()
        await sent
    }

    @Test("a reader that is cancelled has left")
    func cancelled() async throws {
        let channel = PartChannel<Int>(capacity: 1)
        let reader = Task { try await channel.next() }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        await channel.send(1)
        await channel.send(2)
    }
}
