import IAMModel
import ServiceKit
import Wire

/// Takes a device from its user.
///
/// Source: API_DeactivateMFADevice in the IAM API Reference.
struct DeactivateMFADevice: OperationHandler {
    static let operation = IAMAPI.deactivateMFADevice
    let store: IAMStore

    func access(
        for input: DeactivateMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("DeactivateMFADevice", to: .user(name), in: context)
    }

    func handle(
        _ input: DeactivateMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let user = try context.userName(or: input.userName)
        _ = try await store.entity(.user(user), of: context.account)
        try await store.update(
            EntityReference(serialNumber: input.serialNumber), of: context.account
        ) { device in
            guard device.detail("user") == user else {
                throw device.kind.missing(input.serialNumber)
            }
            device.details["user"] = nil
            device.details["enabled"] = nil
        }
        return EmptyStructure()
    }
}
