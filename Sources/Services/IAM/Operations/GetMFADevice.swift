import IAMModel
import ServiceKit
import Wire

/// Answers a device and whose it is.
///
/// Source: API_GetMFADevice in the IAM API Reference.
struct GetMFADevice: OperationHandler {
    static let operation = IAMAPI.getMFADevice
    let store: IAMStore

    func access(
        for input: GetMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("GetMFADevice", to: .user(name), in: context)
    }

    func handle(
        _ input: GetMFADeviceRequest, in context: RequestContext
    ) async throws -> GetMFADeviceResponse {
        let device = try await store.entity(
            EntityReference(serialNumber: input.serialNumber), of: context.account)
        guard input.userName == nil || device.detail("user") == input.userName else {
            throw device.kind.missing(input.serialNumber)
        }
        return GetMFADeviceResponse(
            userName: device.detail("user"), serialNumber: device.arn(in: context.partition),
            enableDate: device.enabled)
    }
}
