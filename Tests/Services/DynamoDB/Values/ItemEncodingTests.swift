import Testing
import Wire

@testable import DynamoDBValues

@Suite("Stored items")
struct ItemEncodingTests {
    @Test("an item comes back as it was stored, whole and attribute by attribute")
    func roundTrip() {
        let random = RandomValues(seed: 1)
        for _ in 0..<500 {
            let map = random.map()
            let item = EncodedItem(map)
            #expect(item.attributes == map)
            #expect(item.size == map.size)
            #expect(item.isEmpty == map.isEmpty)
            for element in map { #expect(item[element.name] == element.value) }
            #expect(item["no such name"] == nil)
            #expect(EncodedItem(stored: item.bytes) == item)
        }
    }

    @Test("an item goes to the wire the same, stored or not")
    func json() {
        let random = RandomValues(seed: 2)
        for _ in 0..<300 {
            let map = random.map()
            var (decoded, encoded) = ([UInt8](), [UInt8]())
            map.appendJSON(to: &decoded)
            EncodedItem(map).appendJSON(to: &encoded)
            #expect(decoded == encoded)
        }
    }

    @Test("a projection keeps the attributes that are named")
    func projection() {
        let random = RandomValues(seed: 3)
        for _ in 0..<200 {
            let map = random.map()
            let names = map.names.filter { _ in random.below(2) == 0 }
            let wanted = AttributeMap(names.compactMap { name in map[name].map { (name, $0) } })
            let projected = EncodedItem(map).projected(to: names.reversed() + ["absent"] + names)
            #expect(projected == EncodedItem(wanted))
        }
    }

    @Test("texts longer than a short length are stored whole")
    func long() {
        let map: AttributeMap = [
            "s": .string(String(repeating: "x", count: 70_000)),
            "l": .list([.string(String(repeating: "y", count: 200)), .null]),
        ]
        #expect(EncodedItem(map).attributes == map)
    }

    @Test("names that only look the same are two attributes")
    func equivalentNames() {
        let map: AttributeMap = ["é": .boolean(true), "e\u{301}": .boolean(false)]
        #expect(map.count == 2)
        #expect(map["é"] == .boolean(true))
        #expect(EncodedItem(map)["e\u{301}"] == .boolean(false))
        #expect(AttributeValue.string("é") != .string("e\u{301}"))
    }

    @Test("the size of an item counts names and values as DynamoDB does")
    func size() throws {
        let map: AttributeMap = [
            "id": .string("abc"), "n": .number(DynamoDBNumber(100)), "b": .binary([1, 2]),
            "t": .boolean(true), "z": .null, "l": .list([.string("ab"), .null]), "e": .map([:]),
            "ss": .stringSet(["a", "bc"]),
        ]
        #expect(map.size == 5 + 3 + 3 + 2 + 2 + (1 + 3 + 2 + 1 + 2) + 4 + 5)
    }

    @Test("attributes are changed, added and removed by name")
    func mapChanges() {
        var map: AttributeMap = ["b": .null, "a": .boolean(true)]
        map["c"] = .string("x")
        map["a"] = nil
        map["nothing"] = nil
        #expect(map == ["b": .null, "c": .string("x")])
        #expect(map.names == ["b", "c"])
        #expect(map.modify("c") { $0 = .null } != nil)
        #expect(map.modify("d") { $0 = .null } == nil)
        #expect(map["c"] == .null)
    }
}
