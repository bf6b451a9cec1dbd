import Wire

/// What a request says of the checksum of its body.
struct ChecksumClaim: Sendable {
    /// Which checksum to keep; `nil` where the request names none.
    var algorithm: ChecksumAlgorithm?
    /// What it must be, in base64.
    var value: String?

    /// The names of the checksums that AWS has and that are not served, by their fields.
    static let unserved = ["SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"]

    /// Reads the headers of a request.
    ///
    /// - Parameter values: those of `x-amz-checksum-…`, by the algorithm's name.
    /// - Throws: `InvalidRequest` where there are several, or one that is malformed or does not fit `algorithm`.
    init(algorithm: String?, values: [(name: String, value: String?)]) throws {
        let given = values.compactMap { name, value in value.map { (name, $0) } }
        guard given.count <= 1 else {
            throw S3Failure.invalidRequest(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
            )
        }
        if let name = algorithm {
            self.algorithm = try Self.algorithm(named: name)
        }
        guard let (name, value) = given.first else { return }
        let found = try Self.algorithm(named: name)
        if let asked = self.algorithm, asked != found {
            throw S3Failure.invalidRequest(
                "Value for x-amz-sdk-checksum-algorithm header is invalid.")
        }
        guard let bytes = Base64.decode(value.utf8), bytes.count == found.byteCount else {
            throw S3Failure.invalidRequest(
                "Value for x-amz-checksum-\(name.lowercased()) header is invalid.")
        }
        self.algorithm = found
        self.value = value
    }

    /// The algorithm that a request calls `name`.
    ///
    /// - Throws: `InvalidRequest`; `NotImplemented` for those that AWS has and Apus does not.
    static func algorithm(named name: String) throws -> ChecksumAlgorithm {
        if let algorithm = ChecksumAlgorithm(rawValue: name.uppercased()) { return algorithm }
        if unserved.contains(name.uppercased()) {
            throw S3Failure.notServed("The checksum algorithm \(name)")
        }
        throw S3Failure.invalidRequest(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
    }
}
