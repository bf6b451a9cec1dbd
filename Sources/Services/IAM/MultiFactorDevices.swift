import ServiceKit

/// Checks one-time codes for STS.
struct MultiFactorDevices: MultiFactorVerifier {
    let store: IAMStore
    let devices: VirtualDevices

    func accept(
        code: String, ofDevice serialNumber: String, in context: RequestContext
    ) async throws -> Bool {
        guard let reference = try? EntityReference(serialNumber: serialNumber),
            let account = context.principal.account
        else { return false }
        // The root's devices have no user's name.
        var holder = ""
        if case .user(_, _, let name, _) = context.principal { holder = name }
        let (user, devices, time) = (holder, devices, context.time)
        return try await store.write { transaction in
            guard
                let device = try IAMStore.find(reference, of: account, in: transaction),
                device.arn(in: context.partition) == serialNumber, device.detail("user") == user
            else { return false }
            var isAccepted = false
            try IAMStore.update(reference, of: account, in: transaction) { device in
                isAccepted = devices.accept(code, of: &device, at: time)
            }
            return isAccepted
        }
    }
}
