import Wire

/// The numbers of parts.
enum PartNumber {
    /// - Throws: `InvalidArgument`.
    static func check(_ number: Int) throws {
        guard (1...S3Limits.parts).contains(number) else {
            throw S3Failure.argument(
                "Part number must be an integer between 1 and 10000, inclusive", "partNumber",
                String(number))
        }
    }
}

/// Which checksum a part has: that of its upload.
enum PartChecksum {
    /// - Throws: `InvalidRequest` where the request names another than the upload's.
    static func algorithm(
        of claim: ChecksumClaim, _ upload: UploadRecord
    ) throws -> ChecksumAlgorithm {
        guard let wanted = upload.checksumAlgorithm else { return claim.algorithm ?? .crc64nvme }
        // The checksum that an upload has without a word of the client's binds no part; a part's own is verified and left.
        guard let named = claim.algorithm, named != wanted else { return wanted }
        if wanted == .crc64nvme, upload.checksumKind == .fullObject { return named }
        throw S3Failure.invalidRequest(
            "Checksum Type mismatch occurred, expected checksum Type: \(wanted.rawValue.lowercased()), actual checksum Type: "
                + "\(named.rawValue.lowercased())")
    }
}
