import IAMModel
import ServiceKit
import Wire

/// Removes tags of a device.
///
/// Source: API_UntagMFADevice in the IAM API Reference.
struct UntagMFADevice: OperationHandler {
    static let operation = IAMAPI.untagMFADevice
    let store: IAMStore

    func access(
        for input: UntagMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(serialNumber: input.serialNumber)
        return try await store.access(
            "UntagMFADevice", to: reference, in: context, keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            try EntityReference(serialNumber: input.serialNumber), of: context.account,
            keys: input.tagKeys)
        return EmptyStructure()
    }
}
