import Crypto
import CryptoExtras

/// AES key wrap with padding (RFC 5649), which imported material may come in.
enum KeyWrap {
    private static let constant: [UInt8] = [0xA6, 0x59, 0x59, 0xA6]

    /// Opens what was wrapped under `key`; `nil` for anything else.
    static func unwrap(_ wrapped: [UInt8], key: SymmetricKey) throws -> [UInt8]? {
        guard wrapped.count >= 16, wrapped.count.isMultiple(of: 8) else { return nil }
        var head: [UInt8]
        var content: [UInt8]
        if wrapped.count == 16 {
            var block = wrapped
            try AES.inversePermute(&block, key: key)
            (head, content) = (Array(block[..<8]), Array(block[8...]))
        } else {
            (head, content) = try unwrapBlocks(wrapped, key: key)
        }
        let count = Int(BigEndian.number(head[4...]))
        guard Array(head[..<4]) == constant, count <= content.count, count > content.count - 8,
            content[count...].allSatisfy({ $0 == 0 })
        else { return nil }
        return Array(content[..<count])
    }

    private static func unwrapBlocks(
        _ wrapped: [UInt8], key: SymmetricKey
    ) throws -> (head: [UInt8], content: [UInt8]) {
        let blocks = wrapped.count / 8 - 1
        var head = Array(wrapped[..<8])
        var content = Array(wrapped[8...])
        for round in stride(from: 5, through: 0, by: -1) {
            for block in stride(from: blocks, through: 1, by: -1) {
                var step: [UInt8] = []
                BigEndian.append(
                    BigEndian.number(head) ^ UInt64(blocks * round + block), bytes: 8, to: &step)
                let place = 8 * (block - 1)
                step += content[place..<place + 8]
                try AES.inversePermute(&step, key: key)
                head = Array(step[..<8])
                content.replaceSubrange(place..<place + 8, with: step[8...])
            }
        }
        return (head, content)
    }
}
