import IAMModel
import ServiceKit
import Wire

/// Finds the time of a device anew by two codes that follow each other.
///
/// Source: API_ResyncMFADevice in the IAM API Reference.
struct ResyncMFADevice: OperationHandler {
    static let operation = IAMAPI.resyncMFADevice
    let store: IAMStore
    let devices: VirtualDevices

    func access(
        for input: ResyncMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ResyncMFADevice", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: ResyncMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let codes = [input.authenticationCode1, input.authenticationCode2]
        let devices = devices
        _ = try await store.entity(.user(input.userName), of: context.account)
        try await store.update(
            EntityReference(serialNumber: input.serialNumber), of: context.account
        ) { device in
            guard device.detail("user") == input.userName else {
                throw device.kind.missing(input.serialNumber)
            }
            try devices.synchronize(&device, codes, at: context.time)
        }
        return EmptyStructure()
    }
}
