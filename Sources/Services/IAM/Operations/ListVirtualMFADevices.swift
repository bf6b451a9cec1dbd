import IAMModel
import ServiceKit
import Wire

/// Lists the virtual devices of the account.
///
/// Source: API_ListVirtualMFADevices in the IAM API Reference.
struct ListVirtualMFADevices: OperationHandler {
    static let operation = IAMAPI.listVirtualMFADevices
    let store: IAMStore

    func access(
        for input: ListVirtualMFADevicesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:ListVirtualMFADevices")]
    }

    func handle(
        _ input: ListVirtualMFADevicesRequest, in context: RequestContext
    ) async throws -> ListVirtualMFADevicesResponse {
        let all = try await store.entities(.mfaDevice, of: context.account)
        let devices = all.filter { device in
            switch input.assignmentStatus {
            case "Assigned": device.detail("user") != nil
            case "Unassigned": device.detail("user") == nil
            default: true
            }
        }
        let page = try Page(
            all: devices, marker: input.marker, count: input.maxItems,
            key: \.reference.foldedName)
        var answers: [VirtualMFADevice] = []
        for device in page.items {
            var answer = VirtualMFADevice(
                serialNumber: device.arn(in: context.partition), enableDate: device.enabled)
            if let name = device.detail("user") {
                let user = try await store.entity(.user(name), of: context.account)
                answer.user = User(user, tags: [], in: context, withBoundary: false)
            }
            answers.append(answer)
        }
        return ListVirtualMFADevicesResponse(
            virtualMFADevices: answers, isTruncated: page.isTruncated, marker: page.marker)
    }
}
