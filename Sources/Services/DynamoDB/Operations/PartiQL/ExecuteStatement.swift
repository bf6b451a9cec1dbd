import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Runs one statement of PartiQL.
struct ExecuteStatement: OperationHandler {
    static let operation = DynamoDBAPI.executeStatement
    let runner: StatementRunner

    func access(for input: ExecuteStatementInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        let statement = try PartiQLStatement(input.statement, parameters: input.parameters)
        return [try runner.access(statement, in: context)]
    }

    func handle(_ input: ExecuteStatementInput, in context: RequestContext) async throws
        -> ExecuteStatementOutput
    {
        let statement = try PartiQLStatement(input.statement, parameters: input.parameters)
        let reference = try TableReference(statement.table, in: context)
        let start = try input.nextToken.map { try StatementToken.key($0) }
        return try await runner.tables.retrying(reference) { table in
            if case .select(let select) = statement {
                let (items, next, capacity) = try await runner.select(
                    select, from: table, limit: input.limit, start: start,
                    isConsistent: input.consistentRead ?? false)
                return ExecuteStatementOutput(
                    items: items, nextToken: next.map { StatementToken.text($0) },
                    consumedCapacity: ConsumedCapacity(
                        capacity, of: table, asked: input.returnConsumedCapacity),
                    lastEvaluatedKey: next)
            }
            guard let write = try runner.write(statement, in: table), !write.write.isCheck else {
                throw AWSError.validation(
                    "EXISTS clauses are only supported in ExecuteTransaction")
            }
            let (item, capacity) = try await runner.make(
                write, failure: input.returnValuesOnConditionCheckFailure)
            return ExecuteStatementOutput(
                items: item.map { [$0] } ?? [],
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: input.returnConsumedCapacity))
        }
    }
}

/// Where a selection goes on: the key of the last item, as text that clients hand back.
enum StatementToken {
    static func text(_ key: Item) -> String {
        Base64.encode(Array(DeleteRequest(key: key).storedText.utf8))
    }

    /// - Throws: `ValidationException` where `text` is not such a token.
    static func key(_ text: String) throws -> Item {
        guard let bytes = Base64.decode(text.utf8),
            let request = try? DeleteRequest(stored: String(decoding: bytes, as: UTF8.self))
        else { throw AWSError.validation("Invalid NextToken") }
        return request.key
    }
}
