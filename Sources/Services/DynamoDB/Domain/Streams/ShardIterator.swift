import DynamoDBStreamsModel
import Platform
import Wire

/// Where a reader of a stream goes on: the record that it reads next.
struct ShardIterator: Hashable, Sendable {
    let stream: StreamARN
    let next: Int64
    let issued: Instant

    init(stream: StreamARN, next: Int64, issued: Instant) {
        self.stream = stream
        self.next = next
        self.issued = issued
    }

    /// The iterator as clients carry it.
    var text: String {
        let position = "\(next).\(issued.milliseconds)"
        return "\(stream.text)|1|\(Base64.encode(Array(position.utf8)))"
    }

    /// Reads what `text` made.
    ///
    /// - Throws: `ValidationException`; `ExpiredIteratorException` where it was issued more than 15 minutes ago.
    init(_ text: String, now: Instant) throws {
        let parts = text.split(separator: "|")
        guard parts.count == 3, let bytes = Base64.decode(parts[2].utf8),
            case let numbers = String(decoding: bytes, as: UTF8.self).split(separator: "."),
            numbers.count == 2, let next = Int64(numbers[0]), let issued = Int64(numbers[1])
        else { throw AWSError("ValidationException", "Invalid ShardIterator") }
        self.init(
            stream: try StreamARN(String(parts[0])), next: next,
            issued: Instant(milliseconds: issued))
        guard now - self.issued <= DynamoDBLimits.iteratorLifetime else {
            throw DynamoDBStreamsError.expiredIteratorException(
                "Iterator expired. The iterator was created at time \(self.issued.iso8601) while "
                    + "right now it is \(now.iso8601) which is further in the future than the "
                    + "tolerated delay of 900000 milliseconds.")
        }
    }
}
