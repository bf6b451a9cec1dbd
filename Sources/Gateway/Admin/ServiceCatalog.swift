import ServiceKit
import Wire

/// What is served, from the tables that services registered themselves in.
struct ServiceCatalog: Sendable {
    let services: OperationRouter

    /// `/_apus/services`: each service with the operations that are served, and those that AWS has beside them.
    var document: Document {
        ["services": .array(services.all.map(Self.describe))]
    }

    private static func describe(_ service: ServedService) -> Document {
        let description = service.description
        let schema = description.schema()
        let served = service.operationNames
        let all = (schema.operations + schema.unserved).map(\.name)
        let unserved = Set(all).subtracting(served).sorted()
        return [
            "name": .string(description.name),
            "signingName": .string(description.signingName),
            "endpointPrefix": .string(description.endpointPrefix),
            "apiVersion": .string(description.apiVersion),
            "protocols": .array(description.protocols.map { .string($0.rawValue) }),
            "operations": .array(served.map { .string($0) }),
            "unserved": .array(unserved.map { .string($0) }),
        ]
    }
}
