import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a device, by key.
///
/// Source: API_ListMFADeviceTags in the IAM API Reference.
struct ListMFADeviceTags: OperationHandler {
    static let operation = IAMAPI.listMFADeviceTags
    let store: IAMStore

    func access(
        for input: ListMFADeviceTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(serialNumber: input.serialNumber)
        return try await store.access(
            "ListMFADeviceTags", to: reference, in: context)
    }

    func handle(
        _ input: ListMFADeviceTagsRequest, in context: RequestContext
    ) async throws -> ListMFADeviceTagsResponse {
        let page = try await store.tagPage(
            try EntityReference(serialNumber: input.serialNumber), of: context.account,
            marker: input.marker, count: input.maxItems)
        return ListMFADeviceTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
