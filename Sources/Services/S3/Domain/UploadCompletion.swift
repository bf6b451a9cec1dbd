import Crypto
import Platform
import S3Model
import Wire

/// What a request to complete an upload says, and what becomes of the parts.
struct UploadCompletion: Sendable {
    var parts: [CompletedPart]
    var conditions = Preconditions()
    /// The checksum that the object must have, in base64.
    var checksum: ChecksumClaim
    var checksumKind: ObjectChecksum.Kind?
    /// How many bytes the object must have.
    var size: Int64?

    /// The parts that the object is made of.
    ///
    /// - Throws: `MalformedXML`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `InvalidRequest`.
    func choose(from stored: [PartRecord]) throws -> [PartRecord] {
        guard !parts.isEmpty else { throw S3Failure.malformedXML }
        var byNumber: [Int: PartRecord] = [:]
        for part in stored { byNumber[part.number] = part }
        var chosen: [PartRecord] = []
        var last = 0
        for part in parts {
            guard let number = part.partNumber, let eTag = part.eTag else {
                throw S3Failure.malformedXML
            }
            guard (1...S3Limits.parts).contains(number) else {
                throw S3Failure.argument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber",
                    String(number))
            }
            guard number > last else { throw S3Failure.invalidPartOrder }
            last = number
            guard let found = byNumber[number],
                eTag == found.quotedETag || eTag == found.eTag
            else { throw S3Failure.invalidPart }
            try check(part, found)
            chosen.append(found)
        }
        for part in chosen.dropLast() where part.size < S3Limits.partBytes {
            throw S3Failure.entityTooSmall(part.size, part: part.number, eTag: part.eTag)
        }
        if let size, size != chosen.reduce(0, { $0 + $1.size }) {
            throw S3Failure.invalidRequest(
                "The provided 'x-amz-mp-object-size' header does not match what was computed.")
        }
        return chosen
    }

    /// Checks the checksum that the request names for a part.
    private func check(_ part: CompletedPart, _ found: PartRecord) throws {
        let named: [(ChecksumAlgorithm, String?)] = [
            (.crc32, part.checksumCRC32), (.crc32c, part.checksumCRC32C),
            (.crc64nvme, part.checksumCRC64NVME), (.sha1, part.checksumSHA1),
            (.sha256, part.checksumSHA256),
        ]
        for case (let algorithm, let value?) in named
        where found.checksum?.value(algorithm) != value {
            throw S3Failure.invalidPart
        }
    }

    /// The MD5 of the parts' MD5s, and their number.
    func eTag(of parts: [PartRecord]) throws -> String {
        var md5 = Insecure.MD5()
        for part in parts {
            guard let digest = Hexadecimal.bytes(part.eTag) else {
                preconditionFailure("a part's entity tag is no MD5")
            }
            md5.update(data: digest)
        }
        return "\(Hexadecimal.string(md5.finalize()))-\(parts.count)"
    }

    /// The object's checksum.
    ///
    /// - Throws: `BadDigest`, `InvalidRequest`.
    func checksum(of parts: [PartRecord], _ upload: UploadRecord) throws -> ObjectChecksum? {
        guard let algorithm = upload.checksumAlgorithm, let kind = upload.checksumKind else {
            return nil
        }
        if let asked = checksumKind, asked != kind {
            throw S3Failure.invalidRequest(
                "The upload was created using the \(kind.rawValue) checksum mode. The complete request must use the same "
                    + "checksum mode.")
        }
        let digests = parts.compactMap { $0.checksum?.bytes }
        guard digests.count == parts.count else { return nil }
        let found =
            kind == .composite
            ? composite(digests, algorithm) : try whole(digests, parts, algorithm)
        if let value = checksum.value, checksum.algorithm == algorithm,
            value != found.value, value + "-\(parts.count)" != found.value
        {
            throw S3Failure.badChecksum(algorithm.rawValue)
        }
        return found
    }

    private func composite(
        _ digests: [[UInt8]], _ algorithm: ChecksumAlgorithm
    ) -> ObjectChecksum {
        var running = RunningChecksum(algorithm)
        for digest in digests { digest.withUnsafeBytes { running.add($0) } }
        return ObjectChecksum(
            algorithm, .composite, value: "\(Base64.encode(running.value))-\(digests.count)")
    }

    private func whole(
        _ digests: [[UInt8]], _ parts: [PartRecord], _ algorithm: ChecksumAlgorithm
    ) throws -> ObjectChecksum {
        var value = digests[0]
        for (digest, part) in zip(digests, parts).dropFirst() {
            guard let combined = algorithm.combine(value, digest, length: part.size) else {
                throw S3Failure.invalidRequest(
                    "The FULL_OBJECT checksum type cannot be used with the \(algorithm.rawValue) checksum algorithm."
                )
            }
            value = combined
        }
        return ObjectChecksum(algorithm, .fullObject, value: Base64.encode(value))
    }
}
