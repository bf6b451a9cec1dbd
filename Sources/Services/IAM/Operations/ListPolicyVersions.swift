import IAMModel
import ServiceKit
import Wire

/// Lists the versions of a managed policy, the newest first.
///
/// Source: API_ListPolicyVersions in the IAM API Reference.
struct ListPolicyVersions: OperationHandler {
    static let operation = IAMAPI.listPolicyVersions
    let store: IAMStore

    func access(
        for input: ListPolicyVersionsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("ListPolicyVersions", to: policy, in: context)
    }

    func handle(
        _ input: ListPolicyVersionsRequest, in context: RequestContext
    ) async throws -> ListPolicyVersionsResponse {
        let arn = try PolicyARN.required(input.policyArn)
        let (policy, versions) = try await store.read { transaction in
            let policy = try IAMStore.policy(arn, in: transaction)
            return (policy, try IAMStore.versions(of: policy, in: transaction))
        }
        // There are five at most; markers sort upwards and versions downwards.
        let page = try Page(
            all: versions, marker: input.marker, count: input.maxItems,
            key: { String(1_000_000 - $0.number) })
        return ListPolicyVersionsResponse(
            versions: page.items.map { $0.answer(default: policy.number, withDocument: false) },
            isTruncated: page.isTruncated, marker: page.marker)
    }
}
