import DynamoDBModel
import DynamoDBValues
import Wire

/// What must hold for transactions, and how they fail.
enum TransactionRules {
    static let severalOperations = AWSError.validation(
        "Transaction request cannot include multiple operations on one item")
    static let tooMany = AWSError.validation(
        "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member "
            + "must have length less than or equal to \(DynamoDBLimits.transactionItems)")
    static let tooLarge = AWSError.validation(
        "Transaction request size has exceeded the maximum allowed size of 4MB")

    /// Why an action of a transaction did not let it pass.
    struct Reason: Sendable {
        let code: String
        var message: String?
        var item: EncodedItem?

        static let none = Reason(code: "None")
        static let conditionFailed = Reason(
            code: "ConditionalCheckFailed", message: "The conditional request failed")
    }

    /// The error of a transaction that did not pass, with a reason for each action.
    static func canceled(_ reasons: [Reason]) -> AWSError {
        let codes = reasons.map(\.code).joined(separator: ", ")
        let documents = reasons.map { reason -> Document in
            var members: [String: Document] = ["Code": .string(reason.code)]
            if let message = reason.message { members["Message"] = .string(message) }
            if let item = reason.item { members["Item"] = Item(item).document }
            return .object(members)
        }
        var error = DynamoDBError.transactionCanceledException(
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[\(codes)]", ["CancellationReasons": .array(documents)])
        // This shape alone has its message under a capital letter.
        error.messageKey = "Message"
        return error
    }
}
