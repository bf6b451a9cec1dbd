import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Storage
import Wire

/// Runs statements of PartiQL, all or none: selections of one item each, or writes and conditions.
struct ExecuteTransaction: OperationHandler {
    static let operation = DynamoDBAPI.executeTransaction
    let runner: StatementRunner
    let writer: TransactionWriter

    func access(for input: ExecuteTransactionInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try statements(input).map { try runner.access($0, in: context) }
    }

    func handle(_ input: ExecuteTransactionInput, in context: RequestContext) async throws
        -> ExecuteTransactionOutput
    {
        let statements = try statements(input)
        guard statements.count <= DynamoDBLimits.transactionItems else {
            throw TransactionRules.tooMany
        }
        let selections = statements.compactMap { statement -> PartiQLStatement.Select? in
            if case .select(let select) = statement { select } else { nil }
        }
        guard selections.isEmpty || selections.count == statements.count else {
            throw AWSError.validation(
                "Statements within ExecuteTransaction must all be reads or all be writes")
        }
        let references = try statements.map { try TableReference($0.table, in: context) }
        return try await runner.tables.retrying(Set(references)) { known in
            let tables = try references.map { reference -> Table in
                guard let table = known[reference] else { throw Failure.noTable }
                return table
            }
            return selections.isEmpty
                ? try await write(statements, tables, input, in: context)
                : try await read(selections, tables, input)
        }
    }

    private func statements(_ input: ExecuteTransactionInput) throws -> [PartiQLStatement] {
        try input.transactStatements.map {
            try PartiQLStatement($0.statement, parameters: $0.parameters)
        }
    }

    private func read(
        _ selections: [PartiQLStatement.Select], _ tables: [Table],
        _ input: ExecuteTransactionInput
    ) async throws -> ExecuteTransactionOutput {
        let places = try zip(selections, tables).map {
            try runner.place(of: $0, in: $1, for: "ExecuteTransaction")
        }
        for table in tables { try runner.meter.admit(.read, to: table) }
        let items = try await runner.tables.database.read { transaction in
            try zip(places, tables).map { try transaction.item(at: $0.key, of: $1) }
        }
        var (responses, capacities) = ([ItemResponse](), TableCapacities(kind: .read))
        for (position, item) in items.enumerated() {
            var capacity = Capacity()
            capacity.add(Capacity.reading(item?.size ?? 0, factor: 2))
            runner.meter.note(capacity.total, .read, of: tables[position])
            capacities.add(capacity, of: tables[position])
            let found = item.flatMap { item in
                places[position].rest?.holds(for: item) ?? true ? item : nil
            }
            responses.append(
                ItemResponse(item: found.map { selections[position].item(from: $0) }))
        }
        return ExecuteTransactionOutput(
            responses: responses,
            consumedCapacity: capacities.answer(input.returnConsumedCapacity))
    }

    private func write(
        _ statements: [PartiQLStatement], _ tables: [Table], _ input: ExecuteTransactionInput,
        in context: RequestContext
    ) async throws -> ExecuteTransactionOutput {
        var actions: [TransactionWriter.Action] = []
        for (position, statement) in statements.enumerated() {
            guard let write = try runner.write(statement, in: tables[position]) else { continue }
            try runner.meter.admit(.write, to: tables[position])
            actions.append(
                .init(
                    write: write.write,
                    returnsOnFailure: input.transactStatements[position]
                        .returnValuesOnConditionCheckFailure,
                    failure: write.isInsert
                        ? .init(code: "DuplicateItem", message: StatementRunner.duplicate.message)
                        : .conditionFailed))
        }
        var fingerprinted = input
        fingerprinted.clientRequestToken = nil
        fingerprinted.returnConsumedCapacity = nil
        let token = TransactionWriter.Token(
            input.clientRequestToken, of: fingerprinted, in: DynamoDBAPI.description.schema(),
            scope: TableScope(context))
        let changes = try await writer.write(actions, token: token)
        return ExecuteTransactionOutput(
            responses: statements.map { _ in ItemResponse() },
            consumedCapacity: writer.capacities(
                changes ?? [], asked: input.returnConsumedCapacity))
    }
}
