import DynamoDBModel
import ServiceKit
import Wire

/// Answers by which attribute a table's items expire.
struct DescribeTimeToLive: OperationHandler {
    static let operation = DynamoDBAPI.describeTimeToLive
    let tables: TableStore

    func access(for input: DescribeTimeToLiveInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try tables.access("DescribeTimeToLive", input.tableName, in: context)
    }

    func handle(_ input: DescribeTimeToLiveInput, in context: RequestContext) async throws
        -> DescribeTimeToLiveOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        guard let table = try await tables.load(reference) else {
            throw Failure.noTable(reference.name)
        }
        return DescribeTimeToLiveOutput(timeToLiveDescription: table.timeToLive)
    }
}

extension Table {
    /// How items expire, as the API describes it.
    var timeToLive: TimeToLiveDescription {
        guard let expiry = settings.expiry else {
            return TimeToLiveDescription(timeToLiveStatus: "DISABLED")
        }
        return TimeToLiveDescription(
            timeToLiveStatus: "ENABLED", attributeName: expiry.attribute)
    }
}
