import IAMModel
import Platform
import ServiceKit
import Wire

/// Gives a device to a user, who shows two codes of it that follow each other.
///
/// Source: API_EnableMFADevice in the IAM API Reference.
struct EnableMFADevice: OperationHandler {
    static let operation = IAMAPI.enableMFADevice
    let store: IAMStore
    let devices: VirtualDevices

    func access(
        for input: EnableMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("EnableMFADevice", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: EnableMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let account = context.account
        let reference = try EntityReference(serialNumber: input.serialNumber)
        let codes = [input.authenticationCode1, input.authenticationCode2]
        let devices = devices
        try await store.write { transaction in
            let user = try IAMStore.entity(.user(input.userName), of: account, in: transaction)
            let assigned = try IAMStore.devices(of: user.name, of: account, in: transaction)
            guard assigned.count < IAMLimits.mfaDevicesPerUser else {
                throw IAMLimits.exceeded("MFADevicesPerUser", IAMLimits.mfaDevicesPerUser)
            }
            try IAMStore.update(reference, of: account, in: transaction) { device in
                guard device.detail("user") == nil else {
                    throw IAMError.entityAlreadyExistsException(
                        "MFA device already in use. Cannot use device for more than one user.")
                }
                try devices.synchronize(&device, codes, at: context.time)
                device.details["user"] = .string(user.name)
                device.details["enabled"] = .integer(context.time.milliseconds)
            }
        }
        return EmptyStructure()
    }
}
