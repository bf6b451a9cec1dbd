package import Wire

/// How an operation words what it refuses.
///
/// DynamoDB checks requests in an older and in a newer layer, and which of them an operation has shows in its messages.
package enum ValidationLayer: Sendable, Hashable {
    /// PutItem, UpdateItem and DeleteItem: the newer words, introduced by `1 validation error detected: `.
    case enveloped
    /// GetItem, BatchGetItem and Query: the newer words.
    case current
    /// Everything else: the older words.
    case older

    /// The layer of the operation whose input `reader` reads.
    init(of reader: ShapeReader) {
        switch reader.outermost?.name {
        case "PutItemInput", "UpdateItemInput", "DeleteItemInput": self = .enveloped
        case "GetItemInput", "BatchGetItemInput", "QueryInput": self = .current
        default: self = .older
        }
    }

    /// The error for a request that is invalid in itself, whatever the tables hold.
    package func error(_ message: String) -> AWSError {
        .validation(self == .enveloped ? "1 validation error detected: \(message)" : message)
    }
}

extension AWSError {
    /// The error for a request that DynamoDB holds for invalid.
    package static func validation(_ message: String) -> AWSError {
        AWSError("ValidationException", message)
    }
}
