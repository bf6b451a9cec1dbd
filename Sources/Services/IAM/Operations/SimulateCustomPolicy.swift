import IAMModel
import ServiceKit
import Wire

/// Tells what given policies would allow, by the engine that decides requests.
///
/// Source: API_SimulateCustomPolicy in the IAM API Reference.
struct SimulateCustomPolicy: OperationHandler {
    static let operation = IAMAPI.simulateCustomPolicy
    let store: IAMStore

    func access(
        for input: SimulateCustomPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:SimulateCustomPolicy")]
    }

    func handle(
        _ input: SimulateCustomPolicyRequest, in context: RequestContext
    ) async throws -> SimulatePolicyResponse {
        var simulation = try Simulation(input, in: context)
        try simulation.add(identity: input.policyInputList)
        let page = try Page(
            all: simulation.results(), marker: input.marker, count: input.maxItems,
            key: \.evalActionName)
        return SimulatePolicyResponse(
            evaluationResults: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
