import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Puts, updates, deletes and checks items of several tables, all or none.
struct TransactWriteItems: OperationHandler {
    static let operation = DynamoDBAPI.transactWriteItems
    let tables: TableStore
    let writer: TransactionWriter

    /// 4 MB of items, in Base64.
    static var requestLimitBytes: Int { 16 * 1_048_576 }

    func access(for input: TransactWriteItemsInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        var requests: [String: AccessRequest] = [:]
        for item in input.transactItems {
            guard let action = try? TransactionAction(item) else { continue }
            let reference = try TableReference(action.tableName, in: context)
            requests["\(action.permission) \(reference.arn)"] = tables.access(
                action.permission, reference,
                keys: ["dynamodb:EnclosingOperation": ["TransactWriteItems"]])
        }
        return requests.sorted { $0.key < $1.key }.map(\.value)
    }

    func handle(_ input: TransactWriteItemsInput, in context: RequestContext) async throws
        -> TransactWriteItemsOutput
    {
        guard input.transactItems.count <= DynamoDBLimits.transactionItems else {
            throw TransactionRules.tooMany
        }
        let actions = try input.transactItems.map { try TransactionAction($0) }
        let references = try actions.map { try TableReference($0.tableName, in: context) }
        var fingerprinted = input
        fingerprinted.clientRequestToken = nil
        fingerprinted.returnConsumedCapacity = nil
        let token = TransactionWriter.Token(
            input.clientRequestToken, of: fingerprinted, in: DynamoDBAPI.description.schema(),
            scope: TableScope(context))
        return try await tables.retrying(Set(references)) { known in
            var writes: [TransactionWriter.Action] = []
            for (action, reference) in zip(actions, references) {
                guard let table = known[reference] else { throw Failure.noTable }
                try writer.meter.admit(.write, to: table)
                writes.append(
                    .init(
                        write: try action.write(in: table),
                        returnsOnFailure: action.returnsOnFailure))
            }
            let changes = try await writer.write(writes, token: token)
            return TransactWriteItemsOutput(
                consumedCapacity: writer.capacities(
                    changes ?? [], asked: input.returnConsumedCapacity))
        }
    }
}

/// An action of a transaction.
struct TransactionAction: Sendable {
    private enum Kind: Sendable {
        case put(AttributeMap)
        case delete(Item)
        case update(Item, UpdateExpression)
        case check(Item)
    }

    let tableName: String
    let returnsOnFailure: String?
    private let kind: Kind
    private let condition: ConditionExpression?

    /// Reads an action.
    ///
    /// - Throws: `ValidationException`.
    init(_ item: TransactWriteItem) throws {
        let count = [
            item.put != nil, item.delete != nil, item.update != nil, item.conditionCheck != nil,
        ].filter { $0 }.count
        guard count == 1 else {
            throw AWSError.validation(
                "TransactItems can only contain one of Check, Put, Update or Delete")
        }
        if let put = item.put {
            try self.init(put)
        } else if let delete = item.delete {
            try self.init(delete)
        } else if let update = item.update {
            try self.init(update)
        } else if let check = item.conditionCheck {
            try self.init(check)
        } else {
            preconditionFailure("an action is one of four")
        }
    }

    private init(
        _ kind: Kind, _ tableName: String, _ condition: ConditionExpression?, _ returns: String?
    ) {
        self.kind = kind
        self.tableName = tableName
        self.condition = condition
        self.returnsOnFailure = returns
    }

    private init(_ put: Put) throws {
        self.init(
            .put(put.item.attributes), put.tableName,
            try Expressions.condition(
                put.conditionExpression, names: put.expressionAttributeNames,
                values: put.expressionAttributeValues),
            put.returnValuesOnConditionCheckFailure)
    }

    private init(_ delete: Delete) throws {
        self.init(
            .delete(delete.key), delete.tableName,
            try Expressions.condition(
                delete.conditionExpression, names: delete.expressionAttributeNames,
                values: delete.expressionAttributeValues),
            delete.returnValuesOnConditionCheckFailure)
    }

    private init(_ check: ConditionCheck) throws {
        self.init(
            .check(check.key), check.tableName,
            try Expressions.condition(
                check.conditionExpression, names: check.expressionAttributeNames,
                values: check.expressionAttributeValues),
            check.returnValuesOnConditionCheckFailure)
    }

    private init(_ update: Update) throws {
        let (expression, condition) = try Expressions.update(
            update.updateExpression, condition: update.conditionExpression,
            names: update.expressionAttributeNames, values: update.expressionAttributeValues)
        self.init(
            .update(update.key, expression), update.tableName, condition,
            update.returnValuesOnConditionCheckFailure)
    }

    /// What the caller must be allowed to do.
    var permission: String {
        switch kind {
        case .put: "PutItem"
        case .delete: "DeleteItem"
        case .update: "UpdateItem"
        case .check: "ConditionCheckItem"
        }
    }

    /// The write of the action.
    ///
    /// - Throws: `ValidationException`.
    func write(in table: Table) throws -> ItemWrite {
        let action: ItemWrite.Action
        let place: StoredKey
        var keyAttributes = AttributeMap()
        switch kind {
        case .put(let attributes):
            place = try KeyRules.place(putting: attributes, into: table)
            try KeyRules.checkIndexes(putting: attributes, into: table)
            let item = EncodedItem(attributes)
            guard item.size <= DynamoDBLimits.itemBytes else {
                throw AWSError.validation("Item size has exceeded the maximum allowed size")
            }
            action = .put(item)
        case .delete(let key):
            place = try KeyRules.place(key, of: table)
            action = .delete
        case .check(let key):
            place = try KeyRules.place(key, of: table)
            action = .check
        case .update(let key, let update):
            place = try KeyRules.place(key, of: table)
            try update.check(keys: table.key.names)
            keyAttributes = key.attributes
            action = .update { try update.applied(to: $0) }
        }
        return ItemWrite(
            table: table, key: place, keyAttributes: keyAttributes, action: action,
            condition: condition)
    }
}
