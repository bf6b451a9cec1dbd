import DynamoDBStreamsModel
import ServiceKit
import Wire

/// A stream as requests name it: `arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-31T23:59:59.042`.
struct StreamARN: Hashable, Sendable {
    let table: TableReference
    let label: String

    init(table: TableReference, label: String) {
        self.table = table
        self.label = label
    }

    /// Reads an ARN.
    ///
    /// - Throws: `ValidationException` where it is not a stream's.
    init(_ text: String) throws {
        guard let arn = ARN(text), arn.service == "dynamodb",
            let name = TableReference.name(ofResource: arn.resource)
        else { throw Self.invalid(text) }
        let parts = arn.resource.split(separator: "/")
        guard parts.count == 4, parts[2] == "stream" else { throw Self.invalid(text) }
        let scope = TableScope(
            account: arn.account, region: arn.region, partition: arn.partition)
        self.init(table: TableReference(scope: scope, name: name), label: String(parts[3]))
    }

    var text: String { "\(table.arn)/stream/\(label)" }

    private static func invalid(_ text: String) -> AWSError {
        AWSError("ValidationException", "Invalid StreamArn: \(text)")
    }

    /// The error for a stream that is not there.
    var notFound: AWSError {
        DynamoDBStreamsError.resourceNotFoundException(
            "Requested resource not found: Stream: \(text) not found")
    }
}
