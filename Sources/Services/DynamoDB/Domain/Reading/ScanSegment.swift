import DynamoDBValues
import Wire

/// The part of a table that one of several parallel scans reads.
struct ScanSegment: Sendable {
    let number: Int
    let count: Int

    /// Reads the parameters of a scan.
    ///
    /// - Throws: `ValidationException`.
    init(_ segment: Int?, of total: Int?) throws {
        switch (segment, total) {
        case (nil, nil): (number, count) = (0, 1)
        case (let segment?, let total?):
            guard segment < total else {
                throw AWSError.validation(
                    "The Segment parameter is zero-based and must be less than parameter "
                        + "TotalSegments: Segment: \(segment) is not less than TotalSegments: "
                        + "\(total)")
            }
            (number, count) = (segment, total)
        case (nil, _):
            throw AWSError.validation(
                "The Segment parameter is required but was not present in the request when "
                    + "parameter TotalSegments is present")
        case (_, nil):
            throw AWSError.validation(
                "The TotalSegments parameter is required but was not present in the request when "
                    + "Segment parameter is present")
        }
    }

    /// The shards of the segment; `nil` where there are more segments than shards, and none is left for this one.
    func shards(of owner: Int64) -> ClosedRange<Int64>? {
        let first = StoredKey.shards(of: owner).lowerBound
        let (lower, upper) = (
            StoredKey.slots * number / count, StoredKey.slots * (number + 1) / count
        )
        guard lower < upper else { return nil }
        return first + Int64(lower)...first + Int64(upper - 1)
    }
}
