import IAMModel
import ServiceKit
import Wire

/// Lists the devices of a user, of the caller where none is named.
///
/// Source: API_ListMFADevices in the IAM API Reference.
struct ListMFADevices: OperationHandler {
    static let operation = IAMAPI.listMFADevices
    let store: IAMStore

    func access(
        for input: ListMFADevicesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("ListMFADevices", to: .user(name), in: context)
    }

    func handle(
        _ input: ListMFADevicesRequest, in context: RequestContext
    ) async throws -> ListMFADevicesResponse {
        let (user, account) = (try context.userName(or: input.userName), context.account)
        let devices = try await store.read { transaction in
            if !user.isEmpty {
                _ = try IAMStore.entity(.user(user), of: account, in: transaction)
            }
            return try IAMStore.devices(of: user, of: account, in: transaction)
        }
        return ListMFADevicesResponse(
            mfaDevices: devices.map {
                MFADevice(
                    userName: user, serialNumber: $0.arn(in: context.partition),
                    enableDate: $0.enabled ?? $0.created)
            }, isTruncated: false)
    }
}
