import IAMModel
import ServiceKit
import Wire

/// Makes a virtual device that shows one-time codes. Its seed is answered this once.
///
/// Source: API_CreateVirtualMFADevice in the IAM API Reference.
struct CreateVirtualMFADevice: OperationHandler {
    static let operation = IAMAPI.createVirtualMFADevice
    let store: IAMStore
    let devices: VirtualDevices

    func access(
        for input: CreateVirtualMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateVirtualMFADevice", to: EntityReference(.mfaDevice, input.virtualMFADeviceName),
            at: input.path, in: context, keys: TagRules.conditionKeys(setting: input.tags ?? []))
    }

    func handle(
        _ input: CreateVirtualMFADeviceRequest, in context: RequestContext
    ) async throws -> CreateVirtualMFADeviceResponse {
        try TagRules.check(input.tags ?? [])
        let (device, seed) = devices.make(
            input.virtualMFADeviceName, path: input.path ?? "/", in: context)
        try await store.create(device, tags: input.tags ?? [])
        return CreateVirtualMFADeviceResponse(
            virtualMFADevice: devices.answer(device, seed: seed, tags: input.tags, in: context))
    }
}
