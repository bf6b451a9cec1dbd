import HTTPTypes
import Wire

extension WireProtocol {
    /// The protocol that `request` speaks, among those that `service` does; its first where the request says nothing.
    static func spoken(by request: WireRequest, to service: ServiceDescription) -> WireProtocol {
        let protocols = service.protocols
        guard protocols.count > 1 else { return protocols[0] }
        let hints = hints(of: request)
        return hints.first(where: protocols.contains) ?? protocols[0]
    }

    /// A protocol in which a client understands the error that its service is not served.
    static func guessed(from request: WireRequest, service: String) -> WireProtocol {
        if let hint = hints(of: request).first { return hint }
        return ["s3", "route53", "cloudfront"].contains(service) ? .restXML : .restJSON
    }

    private static func hints(of request: WireRequest) -> [WireProtocol] {
        if request.headers[.smithyProtocol] == "rpc-v2-cbor" { return [.rpcV2CBOR] }
        switch request.mediaType {
        case "application/x-amz-json-1.0": return [.awsJSON10, .awsJSON11]
        case "application/x-amz-json-1.1": return [.awsJSON11, .awsJSON10]
        case "application/cbor": return [.rpcV2CBOR]
        case _ where request.headers[.amzTarget] != nil: return [.awsJSON10, .awsJSON11]
        case _ where request.hasForm || request.query.contains("Action="):
            return [.awsQuery, .ec2Query]
        default: return []
        }
    }
}
