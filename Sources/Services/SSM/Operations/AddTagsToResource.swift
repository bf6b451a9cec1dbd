import SSMModel
import ServiceKit
import Storage
import Wire

/// Adds tags to a parameter, or gives those that it has other values.
///
/// Source: API_AddTagsToResource in the Systems Manager API Reference.
struct AddTagsToResource: OperationHandler {
    static let operation = SSMAPI.addTagsToResource
    let database: any Database

    func access(
        for input: AddTagsToResourceRequest, in context: RequestContext
    ) -> [AccessRequest] {
        var conditions: [String: [String]] = ["aws:TagKeys": input.tags.map(\.key)]
        for tag in input.tags { conditions["aws:RequestTag/\(tag.key)"] = [tag.value] }
        return [
            ParameterAccess(database: database).request(
                "ssm:AddTagsToResource", on: ParameterPlace(input.resourceId, in: context),
                in: context, conditions)
        ]
    }

    func handle(
        _ input: AddTagsToResourceRequest, in context: RequestContext
    ) async throws -> AddTagsToResourceResult {
        try TaggedParameter.check(input.resourceType, for: "AddTagsToResource")
        guard !input.tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw SSMFailure.validation("Tag keys that begin with aws: are reserved.")
        }
        let place = ParameterPlace(input.resourceId, in: context)
        try await database.write { transaction in
            guard try transaction.latest(place) != nil else { throw SSMFailure.invalidResource }
            try transaction.setTags(input.tags, of: place)
        }
        return AddTagsToResourceResult()
    }
}

/// What can be tagged here: parameters alone.
enum TaggedParameter {
    /// - Throws: `NotImplemented` for the other kinds of resources that AWS has.
    static func check(_ type: String, for operation: String) throws {
        guard type == "Parameter" else {
            throw CommonError.notServed(operation: "\(operation) of a \(type)", service: "SSM")
        }
    }
}
