import DynamoDBValues

/// Where an item's row lies: its shard, and the key's parts in bytes that compare as DynamoDB orders them.
///
/// The shard is the number of the table or index and ten bits of the partition key's hash. So a scan can be divided
/// into segments that are alike in size, and comes in no order that anybody could rely on, as in DynamoDB; and what is
/// put with ascending partition keys still fills pages one after the other.
struct StoredKey: Hashable, Sendable {
    /// Bits of a shard that the partition key's hash makes.
    private static let slotBits: Int64 = 10
    /// How many slots a table has.
    static let slots = 1 << Int(slotBits)

    let shard: Int64
    let hash: [UInt8]
    /// Empty where the key has no sort key.
    let range: [UInt8]

    init(shard: Int64, hash: [UInt8], range: [UInt8]) {
        self.shard = shard
        self.hash = hash
        self.range = range
    }

    init(owner: Int64, hash: [UInt8], range: [UInt8]) {
        self.init(shard: Self.shard(owner, hash: hash), hash: hash, range: range)
    }

    /// The shards of all rows of a table or index.
    static func shards(of owner: Int64) -> ClosedRange<Int64> {
        owner << slotBits...(owner + 1) << slotBits - 1
    }

    /// The shard of a partition key.
    static func shard(_ owner: Int64, hash: [UInt8]) -> Int64 {
        // FNV-1a, folded to the bits that are wanted.
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in hash { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value ^= value >> 32
        value ^= value >> UInt64(slotBits)
        return owner << slotBits | Int64(value & UInt64(slots - 1))
    }
}

extension KeySchema {
    /// Where the item with these attributes lies; `nil` where one of the key's is missing or of another type.
    func place(_ item: Item, of owner: Int64) -> StoredKey? {
        guard let hash = bytes(of: hash, item), let range = bytes(of: range, item) else {
            return nil
        }
        return StoredKey(owner: owner, hash: hash, range: range)
    }

    /// Where an item lies whose attributes are at hand.
    func place(_ attributes: AttributeMap, of owner: Int64) -> StoredKey? {
        place(Item(attributes), of: owner)
    }

    private func bytes(of parts: [Part], _ item: Item) -> [UInt8]? {
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = item[part.name], value.type == part.type.attributeType else {
                return nil
            }
            KeyEncoding.append(value, to: &bytes)
        }
        return bytes
    }

    /// The attributes of the key in an item that has them.
    func attributes(of item: Item) -> AttributeMap {
        var map = AttributeMap()
        for part in parts { map[part.name] = item[part.name] }
        return map
    }
}

extension KeyType {
    var attributeType: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        }
    }
}
