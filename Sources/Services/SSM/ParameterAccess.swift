import ServiceKit
import Storage

/// What a caller must be allowed to do with a parameter.
struct ParameterAccess: Sendable {
    let database: any Database

    func request(
        _ action: String, on place: ParameterPlace, in context: RequestContext,
        _ conditions: [String: [String]] = [:]
    ) -> AccessRequest {
        var request = AccessRequest(
            action, on: place.arn(partition: context.partition), conditionKeys: conditions)
        request.resourceTags = { [database] in
            try await database.read { try $0.tags(of: place) }
        }
        return request
    }

    /// What is needed to do something with each of several parameters.
    func requests(
        _ action: String, on names: [String], in context: RequestContext
    ) -> [AccessRequest] {
        names.compactMap { ParameterSelector($0, in: context)?.place }
            .map { request(action, on: $0, in: context) }
    }
}
