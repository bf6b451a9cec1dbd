import IAMModel
import ServiceKit
import Wire

/// Sets tags of a device.
///
/// Source: API_TagMFADevice in the IAM API Reference.
struct TagMFADevice: OperationHandler {
    static let operation = IAMAPI.tagMFADevice
    let store: IAMStore

    func access(
        for input: TagMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(serialNumber: input.serialNumber)
        return try await store.access(
            "TagMFADevice", to: reference, in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            try EntityReference(serialNumber: input.serialNumber), of: context.account,
            with: input.tags)
        return EmptyStructure()
    }
}
