import LambdaModel
import ServiceKit

/// Other services' events for functions: asynchronous invocations, by whoever the events come from.
struct FunctionDelivery: DeliveryTarget {
    let caller: ServiceCaller

    func deliver(_ event: DeliveryEvent, to arn: ARN, in context: RequestContext) async throws {
        _ = try await caller.call(
            LambdaAPI.invoke,
            InvocationRequest(
                functionName: arn.description, invocationType: "Event", payload: event.payload),
            in: context)
    }
}
