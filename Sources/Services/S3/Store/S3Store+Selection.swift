import Storage
import Wire

extension S3Store {
    /// The bytes of an object that a request selects by a range or by the number of a part.
    ///
    /// - Throws: `InvalidRange`, `InvalidPartNumber`, `InvalidRequest`.
    func selection(
        of object: ObjectRecord, range: String?, partNumber: Int?
    ) async throws -> ObjectSelection {
        if let partNumber {
            guard range == nil else {
                throw S3Failure.invalidRequest(
                    "Cannot specify both Range header and partNumber query parameter")
            }
            return try await selection(of: object, partNumber: partNumber)
        }
        guard let range, let wanted = ByteRange(range) else {
            return ObjectSelection(bytes: 0..<object.size)
        }
        guard let bytes = wanted.bytes(of: object.size) else {
            throw S3Failure.invalidRange(range, size: object.size)
        }
        return ObjectSelection(bytes: bytes, isPartial: true)
    }

    private func selection(
        of object: ObjectRecord, partNumber: Int
    ) async throws -> ObjectSelection {
        guard (1...S3Limits.parts).contains(partNumber) else {
            throw S3Failure.argument(
                "Part number must be an integer between 1 and 10000, inclusive", "partNumber",
                String(partNumber))
        }
        let outOfRange = AWSError(
            "InvalidPartNumber", "The requested partnumber is not satisfiable", status: 416)
        guard case .parts(let count) = object.place, object.isMultipart else {
            guard partNumber == 1 else { throw outOfRange }
            return ObjectSelection(bytes: 0..<object.size, isPartial: object.size > 0)
        }
        let row = try await database.read {
            try $0.first(
                "SELECT start, size FROM object_parts WHERE object_id = ? AND number = ?",
                object.id, partNumber)
        }
        guard let row else { throw outOfRange }
        let start = Int64(row.int(0))
        return ObjectSelection(
            bytes: start..<start + Int64(row.int(1)), isPartial: object.size > 0,
            partsCount: count)
    }
}

extension ObjectRecord {
    /// It was put in parts: its entity tag says so. (A copy of such an object has its pieces, too, and is none.)
    var isMultipart: Bool { eTag.utf8.contains(UInt8(ascii: "-")) }
}
