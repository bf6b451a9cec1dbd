import LambdaModel
import ServiceKit
import Wire

/// What the operations on mappings have in common.
enum EventSourceAccess {
    /// `action` on a mapping, of the function that it has.
    static func requests(
        _ action: String, _ uuid: String, in mappings: MappingStore, _ context: RequestContext
    ) async throws -> [AccessRequest] {
        let arn = EventSourceMapping.arn(uuid, account: context.account, region: context.region)
        let mapping = try await mappings.mapping(
            uuid, account: context.account, region: context.region)
        var keys: [String: [String]] = [:]
        keys["lambda:FunctionArn"] = mapping.map { [$0.reference.arn] }
        return [AccessRequest("lambda:\(action)", on: arn, conditionKeys: keys)]
    }

    /// Checks that a mapping's function is there.
    ///
    /// - Throws: `InvalidParameterValueException`.
    static func requireFunction(
        _ reference: FunctionReference, in functions: FunctionStore
    ) async throws {
        do {
            _ = try await functions.target(reference)
        } catch let error as AWSError where error.status == 404 {
            throw LambdaRefusal.invalidParameter("Function does not exist")
        }
    }
}
