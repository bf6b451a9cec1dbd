import Wire

/// The checksum that is kept with an object or part.
struct ObjectChecksum: Sendable, Equatable {
    enum Kind: String, Sendable {
        /// Of all the bytes.
        case fullObject = "FULL_OBJECT"
        /// Of the checksums of the parts.
        case composite = "COMPOSITE"
    }

    var algorithm: ChecksumAlgorithm
    var kind: Kind
    /// In base64; of a composite, with the number of parts: `…-3`.
    var value: String

    init(_ algorithm: ChecksumAlgorithm, _ kind: Kind = .fullObject, value: String) {
        self.algorithm = algorithm
        self.kind = kind
        self.value = value
    }

    /// Reads what `text` writes.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 3, let algorithm = ChecksumAlgorithm(rawValue: String(parts[0])),
            let kind = Kind(rawValue: String(parts[1]))
        else { return nil }
        self.init(algorithm, kind, value: String(parts[2]))
    }

    /// `CRC32 FULL_OBJECT …`, to be kept in a row.
    var text: String { "\(algorithm.rawValue) \(kind.rawValue) \(value)" }

    /// The value where the algorithm is `algorithm`.
    func value(_ algorithm: ChecksumAlgorithm) -> String? {
        self.algorithm == algorithm ? value : nil
    }

    /// The bytes of a checksum that is not composite.
    var bytes: [UInt8]? { Base64.decode(value.utf8) }
}
