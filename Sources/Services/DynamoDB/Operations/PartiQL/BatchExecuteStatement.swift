import DynamoDBModel
import DynamoDBValues
import Logging
import ServiceKit
import Storage
import Wire

/// Runs statements of PartiQL one by one: selections of one item each, or writes.
struct BatchExecuteStatement: OperationHandler {
    static let operation = DynamoDBAPI.batchExecuteStatement
    let runner: StatementRunner

    func access(for input: BatchExecuteStatementInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        // What is no statement is answered with its error, and needs no permission.
        try input.statements.compactMap {
            try? PartiQLStatement($0.statement, parameters: $0.parameters)
        }.map { try runner.access($0, in: context) }
    }

    func handle(_ input: BatchExecuteStatementInput, in context: RequestContext) async throws
        -> BatchExecuteStatementOutput
    {
        guard input.statements.count <= DynamoDBLimits.batchStatements else {
            throw AWSError.validation(
                "1 validation error detected: Value at 'statements' failed to satisfy constraint: "
                    + "Member must have length less than or equal to "
                    + "\(DynamoDBLimits.batchStatements)")
        }
        let parsed = input.statements.map { request in
            Result { try PartiQLStatement(request.statement, parameters: request.parameters) }
        }
        guard Set(parsed.compactMap { try? $0.get().isRead }).count <= 1 else {
            throw AWSError.validation(
                "Statements within BatchExecuteStatement must all be reads or all be writes")
        }
        var (responses, capacities) = ([BatchStatementResponse](), TableCapacities())
        for (request, statement) in zip(input.statements, parsed) {
            let (response, consumed) = await run(request, statement, in: context)
            responses.append(response)
            if let (table, capacity) = consumed { capacities.add(capacity, of: table) }
        }
        return BatchExecuteStatementOutput(
            responses: responses,
            consumedCapacity: capacities.answer(input.returnConsumedCapacity))
    }

    private func run(
        _ request: BatchStatementRequest, _ parsed: Result<PartiQLStatement, any Error>,
        in context: RequestContext
    ) async -> (BatchStatementResponse, (Table, Capacity)?) {
        var known: Table?
        do {
            let statement = try parsed.get()
            let reference = try TableReference(statement.table, in: context)
            let (item, table, capacity) = try await runner.tables.retrying(reference) { table in
                known = table
                let (item, capacity) = try await run(statement, request, in: table)
                return (item, table, capacity)
            }
            return (BatchStatementResponse(tableName: table.name, item: item), (table, capacity))
        } catch let error as AWSError {
            return (BatchStatementResponse(error: .init(error), tableName: known?.name), nil)
        } catch {
            context.logger.error("a statement failed", metadata: ["error": "\(error)"])
            let told = BatchStatementError(
                code: "InternalServerError", message: "The request processing has failed.")
            return (BatchStatementResponse(error: told, tableName: known?.name), nil)
        }
    }

    private func run(
        _ statement: PartiQLStatement, _ request: BatchStatementRequest, in table: Table
    ) async throws -> (Item?, Capacity) {
        if let write = try runner.write(statement, in: table) {
            return try await runner.make(
                write, failure: request.returnValuesOnConditionCheckFailure)
        }
        guard case .select(let select) = statement else {
            preconditionFailure("what is no write is a selection")
        }
        let (key, rest) = try runner.place(of: select, in: table, for: "BatchExecuteStatement")
        try runner.meter.admit(.read, to: table)
        let item = try await runner.tables.database.read { try $0.item(at: key, of: table) }
        var capacity = Capacity()
        capacity.add(
            Capacity.reading(item?.size ?? 0, factor: request.consistentRead == true ? 1 : 0.5))
        runner.meter.note(capacity.total, .read, of: table)
        guard let item, rest?.holds(for: item) ?? true else { return (nil, capacity) }
        return (select.item(from: item), capacity)
    }
}

extension BatchStatementError {
    /// The error of a statement; its code is that of the exception, in the batch's words.
    init(_ error: AWSError) {
        let code =
            switch error.code {
            case "ValidationException": "ValidationError"
            case let code where code.hasSuffix("Exception"): String(code.dropLast(9))
            case let code: code
            }
        self.init(code: code, message: error.message)
        if let item = error.fields["Item"] {
            self.item = try? DeleteRequest(
                document: ["Key": item], in: DynamoDBAPI.description.schema()
            ).key
        }
    }
}
