import DynamoDBStreamsModel
import ServiceKit
import Wire

/// Lists streams, page by page.
struct ListStreams: OperationHandler {
    static let operation = DynamoDBStreamsAPI.listStreams
    let streams: StreamStore

    func access(for input: ListStreamsInput, in context: RequestContext) throws -> [AccessRequest] {
        let table = try input.tableName.map { try TableReference($0, in: context).arn }
        return [AccessRequest("dynamodb:ListStreams", on: "\(table ?? "*")/stream/*")]
    }

    func handle(_ input: ListStreamsInput, in context: RequestContext) async throws
        -> ListStreamsOutput
    {
        let limit = input.limit ?? DynamoDBLimits.namesPage
        let table = try input.tableName.map { try TableReference($0, in: context) }
        var found = try await streams.streams(
            in: TableScope(context), table: table?.name,
            after: input.exclusiveStartStreamArn.map { try StreamARN($0) }, limit: limit + 1)
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        return ListStreamsOutput(
            streams: found.map {
                Stream(
                    streamArn: $0.arn.text, tableName: $0.arn.table.name, streamLabel: $0.arn.label)
            }, lastEvaluatedStreamArn: hasMore ? found.last?.arn.text : nil)
    }
}
