import KMSModel
import ServiceKit
import Storage
import Wire

/// Adds tags to a key, or gives those that it has other values.
///
/// Source: API_TagResource in the KMS API Reference.
struct TagResource: OperationHandler {
    static let operation = KMSAPI.tagResource
    let keys: KeyDirectory

    func access(
        for input: TagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions: [String: [String]] = ["aws:TagKeys": input.tags.map(\.tagKey)]
        for tag in input.tags { conditions["aws:RequestTag/\(tag.tagKey)"] = [tag.tagValue] }
        return try await keys.access("kms:TagResource", to: input.keyId, in: context, conditions)
    }

    func handle(
        _ input: TagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try TagRules.check(input.tags)
        try await keys.store.database.write { transaction in
            let key = try transaction.key(place)
            try key.requireOwn()
            try key.requireNotDying()
            try transaction.setTags(input.tags, of: place)
            try TagRules.check(count: transaction.tags(of: place).count)
        }
        return EmptyStructure()
    }
}
