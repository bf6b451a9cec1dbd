import DynamoDBValues
import ServiceKit
import Storage

extension TableStore {
    /// What a caller must be allowed to do to use a table by an operation.
    ///
    /// - Parameters:
    ///   - name: the table as the request names it.
    ///   - index: the index that is read, which is the resource then.
    ///   - keys: the condition keys of the request.
    /// - Throws: `ValidationException` for a name that is none.
    func access(
        _ action: String, _ name: String, index: String? = nil, keys: [String: [String]] = [:],
        in context: RequestContext
    ) throws -> [AccessRequest] {
        let reference = try TableReference(name, in: context)
        return [access(action, reference, index: index, keys: keys)]
    }

    /// What a caller must be allowed to do to use a table by an operation.
    func access(
        _ action: String, _ reference: TableReference, index: String? = nil,
        keys: [String: [String]] = [:]
    ) -> AccessRequest {
        let arn = reference.arn
        return AccessRequest(
            "dynamodb:\(action)",
            on: index.map { reference.scope.indexARN(reference.name, $0) } ?? arn,
            conditionKeys: keys,
            resourcePolicy: { [self] in
                try await find(reference)?.settings.policies["table"]?.text
            })
    }

    /// The condition keys that the key of an item gives to policies.
    func conditionKeys(for key: Item, of reference: TableReference) async throws
        -> [String: [String]]
    {
        guard let table = try await find(reference),
            let leading = KeyRules.leadingKey(key, of: table)
        else { return [:] }
        return ["dynamodb:LeadingKeys": [leading]]
    }

    /// What a caller must be allowed to do to use what an ARN names.
    func access(_ action: String, arn: String) -> [AccessRequest] {
        [
            AccessRequest(
                "dynamodb:\(action)", on: arn,
                resourcePolicy: { [self] in
                    guard let resource = PolicyResource(arn) else { return nil }
                    return try await find(resource.table)?.settings.policies[resource.kind]?.text
                })
        ]
    }
}
