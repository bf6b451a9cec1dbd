import Synchronization

/// Hands an event to whatever an ARN names. Topics, buses, schedules, notifications and destinations all send through it.
package final class Delivery: Sendable {
    private let targets = Mutex<[String: any DeliveryTarget]>([:])

    package init() {}

    /// Says which services take events; called once, when every service has registered.
    package func connect(_ targets: [String: any DeliveryTarget]) {
        self.targets.withLock { $0 = targets }
    }

    /// Delivers `event`; returns once the target has made it durable.
    ///
    /// - Throws: `AWSError`: the target's own, or `NotImplemented` where nothing takes events for such an ARN.
    package func deliver(_ event: DeliveryEvent, to arn: ARN, in context: RequestContext)
        async throws
    {
        guard let target = targets.withLock({ $0[arn.service] }) else {
            throw CommonError.notServed(operation: "delivery", service: arn.service)
        }
        try await target.deliver(event, to: arn, in: context)
    }
}

/// An event on its way.
package struct DeliveryEvent: Sendable {
    /// The event's bytes, mostly JSON.
    package var payload: [UInt8]
    /// What the target's kind needs beside the payload: `MessageGroupId`, `PartitionKey`; `MessageAttribute/<name>` for the string
    /// attributes of a message; `Source`, `DetailType` and `Resources` (ARNs parted by commas) for an event bus; `Key` for a
    /// bucket.
    package var attributes: [String: String]

    package init(payload: [UInt8], attributes: [String: String] = [:]) {
        self.payload = payload
        self.attributes = attributes
    }
}

/// A service that takes events for its ARNs.
package protocol DeliveryTarget: Sendable {
    /// Takes `event` for `arn`, whose service part is the one that the target registered for, once it is durable.
    func deliver(_ event: DeliveryEvent, to arn: ARN, in context: RequestContext) async throws
}
