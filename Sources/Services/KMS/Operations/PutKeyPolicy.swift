import KMSModel
import ServiceKit
import Storage
import Wire

/// Gives a key another policy.
///
/// Source: API_PutKeyPolicy in the KMS API Reference.
struct PutKeyPolicy: OperationHandler {
    static let operation = KMSAPI.putKeyPolicy
    let keys: KeyDirectory

    func access(
        for input: PutKeyPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:PutKeyPolicy", to: input.keyId, in: context,
            [
                "kms:BypassPolicyLockoutSafetyCheck": [
                    "\(input.bypassPolicyLockoutSafetyCheck ?? false)"
                ]
            ])
    }

    func handle(
        _ input: PutKeyPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        guard (input.policyName ?? KeyPolicy.name) == KeyPolicy.name else {
            throw KMSError.notFoundException("No such policy exists")
        }
        try KeyPolicy.check(
            input.policy, bypassingLockoutCheck: input.bypassPolicyLockoutSafetyCheck, in: context)
        try await keys.store.update(place) { key, _ in
            try key.requireOwn()
            key.policy = input.policy
        }
        return EmptyStructure()
    }
}
