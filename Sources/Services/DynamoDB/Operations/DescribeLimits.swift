import DynamoDBModel
import ServiceKit
import Wire

/// Answers the capacity that an account may provision.
struct DescribeLimits: OperationHandler {
    static let operation = DynamoDBAPI.describeLimits

    func access(for input: DescribeLimitsInput, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("dynamodb:DescribeLimits")]
    }

    func handle(_ input: DescribeLimitsInput, in context: RequestContext) -> DescribeLimitsOutput {
        // "Quotas in Amazon DynamoDB", initial quotas of an account and a table.
        DescribeLimitsOutput(
            accountMaxReadCapacityUnits: 80_000, accountMaxWriteCapacityUnits: 80_000,
            tableMaxReadCapacityUnits: 40_000, tableMaxWriteCapacityUnits: 40_000)
    }
}
