import IAMModel
import ServiceKit
import Wire

/// Removes a virtual device that nobody has.
///
/// Source: API_DeleteVirtualMFADevice in the IAM API Reference.
struct DeleteVirtualMFADevice: OperationHandler {
    static let operation = IAMAPI.deleteVirtualMFADevice
    let store: IAMStore

    func access(
        for input: DeleteVirtualMFADeviceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let device = try EntityReference(serialNumber: input.serialNumber)
        return try await store.access("DeleteVirtualMFADevice", to: device, in: context)
    }

    func handle(
        _ input: DeleteVirtualMFADeviceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let (device, account) = (
            try EntityReference(serialNumber: input.serialNumber), context.account
        )
        try await store.delete(device, of: account) { transaction in
            guard
                try IAMStore.entity(device, of: account, in: transaction).detail("user") == nil
            else {
                throw IAMError.deleteConflictException(
                    "MFA VirtualDevice in use. Must deactivate first.")
            }
        }
        return EmptyStructure()
    }
}
