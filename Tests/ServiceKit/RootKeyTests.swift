import Platform
import ServiceKit
import Testing

@Suite("The root key and envelopes")
struct RootKeyTests {
    private let key = RootKey([UInt8](repeating: 1, count: RootKey.byteCount))
    private let randomness = SeededRandomness(seed: 1)

    @Test("what is sealed opens for the same purpose and binding, and for no other")
    func seal() {
        let secret = Array("tulip".utf8)
        let sealed = key.seal(secret, for: "a", bindingTo: "row 1", randomness: randomness)
        #expect(key.open(sealed, for: "a", bindingTo: "row 1") == secret)
        #expect(key.open(sealed, for: "b", bindingTo: "row 1") == nil)
        #expect(key.open(sealed, for: "a", bindingTo: "row 2") == nil)
        let other = RootKey([UInt8](repeating: 2, count: RootKey.byteCount))
        #expect(other.open(sealed, for: "a", bindingTo: "row 1") == nil)
        #expect(other.fingerprint != key.fingerprint)
        #expect(key.seal(secret, for: "a", bindingTo: "row 1", randomness: randomness) != sealed)
    }

    @Test("no change of what is sealed opens, and no part of it")
    func changes() {
        let sealed = key.seal([1, 2, 3], for: "a", bindingTo: "", randomness: randomness)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(key.open(changed, for: "a", bindingTo: "") == nil)
            #expect(key.open(Array(sealed[..<index]), for: "a", bindingTo: "") == nil)
        }
    }

    @Test("an envelope gives its content to who has its data key")
    func envelopes() throws {
        let dataKey = randomness.bytes(32)
        let sealed = Envelope.seal(
            [1, 2, 3], dataKey: dataKey, encryptedKey: [9, 9], randomness: randomness)
        let envelope = try #require(Envelope(sealed))
        #expect(envelope.encryptedKey == [9, 9])
        #expect(envelope.open(with: dataKey) == [1, 2, 3])
        #expect(envelope.open(with: randomness.bytes(32)) == nil)
        for length in sealed.indices {
            #expect(Envelope(Array(sealed[..<length]))?.open(with: dataKey) == nil)
        }
    }
}
