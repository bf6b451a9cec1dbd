import ServiceKit
import Wire

/// The services that are served, by every name that a request may give one.
struct ServiceTable: Sendable {
    private var bySigningName: [String: [ServiceDescription]] = [:]
    private var byEndpointPrefix: [String: [ServiceDescription]] = [:]
    private var byTargetPrefix: [String: ServiceDescription] = [:]
    private var byVersion: [String: [ServiceDescription]] = [:]
    /// The services whose paths tell them: REST over JSON. (In S3 a path may be anything.)
    private var byPath: [ServiceDescription] = []

    init(_ services: [ServiceDescription]) {
        for service in services {
            bySigningName[service.signingName, default: []].append(service)
            byEndpointPrefix[service.endpointPrefix, default: []].append(service)
            if let prefix = service.targetPrefix { byTargetPrefix[prefix] = service }
            byVersion[service.apiVersion, default: []].append(service)
            if service.protocols == [.restJSON] { byPath.append(service) }
        }
    }

    /// The services whose requests are signed for `name`.
    func services(signingName name: String) -> [ServiceDescription] {
        bySigningName[name] ?? byEndpointPrefix[name] ?? []
    }

    /// The services whose host names begin with `prefix`.
    func services(endpointPrefix prefix: String) -> [ServiceDescription] {
        byEndpointPrefix[prefix] ?? bySigningName[prefix] ?? []
    }

    /// The service of an `X-Amz-Target` such as `Logs_20140328.PutLogEvents`, or of a Smithy service name.
    func service(target: some StringProtocol) -> ServiceDescription? {
        byTargetPrefix[String(target.prefix { $0 != "." })]
    }

    /// The service that has an operation at the path of `request`.
    func service(routing request: WireRequest) -> ServiceDescription? {
        byPath.first { service in
            let operation = try? service.protocols[0].codec.operation(
                for: request, in: service.schema())
            return operation != nil
        }
    }

    /// The services of a query protocol that have an API of this version with this action.
    func services(version: String, action: String) -> [ServiceDescription] {
        (byVersion[version] ?? []).filter { service in
            guard service.takesForms else { return false }
            let schema = service.schema()
            return (schema.operations + schema.unserved).contains { $0.name == action }
        }
    }
}

extension ServiceDescription {
    /// Whether requests may be forms that name their action.
    var takesForms: Bool { protocols.contains(.awsQuery) || protocols.contains(.ec2Query) }
}

extension ServiceSchema {
    /// A stand-in for a service of AWS that is not served, to word the error that says so.
    static func unserved(_ name: String, speaking wireProtocol: WireProtocol) -> ServiceSchema {
        let description = ServiceDescription(
            name: name, signingName: name, endpointPrefix: name, apiVersion: "", targetPrefix: nil,
            protocols: [wireProtocol], xmlNamespace: nil, isQueryCompatible: false,
            schema: { preconditionFailure("nothing asks an unserved service for its operations") })
        return ServiceSchema(description, text: "")
    }
}
