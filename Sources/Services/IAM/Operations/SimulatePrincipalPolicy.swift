import IAMModel
import ServiceKit
import Wire

/// Tells what the policies of a user, group or role allow, by the engine that decides requests.
///
/// Source: API_SimulatePrincipalPolicy in the IAM API Reference.
struct SimulatePrincipalPolicy: OperationHandler {
    static let operation = IAMAPI.simulatePrincipalPolicy
    let store: IAMStore

    func access(
        for input: SimulatePrincipalPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:SimulatePrincipalPolicy", on: input.policySourceArn)]
    }

    func handle(
        _ input: SimulatePrincipalPolicyRequest, in context: RequestContext
    ) async throws -> SimulatePolicyResponse {
        let reference = try EntityReference(identity: input.policySourceArn)
        var simulation = try Simulation(input, in: context)
        let account = context.account
        let (entity, policies) = try await store.read { transaction in
            let entity = try IAMStore.entity(reference, of: account, in: transaction)
            return (
                entity, try Directory.policies(of: entity, in: transaction)
            )
        }
        try simulation.add(policies)
        try simulation.add(identity: input.policyInputList ?? [])
        if let boundary = entity.boundary, input.permissionsBoundaryPolicyInputList == nil {
            let record = try await Directory(store: store).managedPolicy(boundary)
            try simulation.add(boundary: record)
        }
        let page = try Page(
            all: simulation.results(), marker: input.marker, count: input.maxItems,
            key: \.evalActionName)
        return SimulatePolicyResponse(
            evaluationResults: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
