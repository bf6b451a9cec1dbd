import APIGatewayV2Model
import Wire

/// What integrations of HTTP APIs there are, and which of them Apus serves.
enum IntegrationRules {
    /// - Throws: `BadRequestException` for what HTTP APIs do not have; `NotImplemented` for what Apus does not serve.
    static func check(
        type: String?, subtype: String?, method: String?, connectionType: String?,
        requestParameters: [String: String]?, responseParameters: [String: [String: String]]?,
        tlsConfig: TlsConfigInput?
    ) throws {
        switch type {
        case nil, "AWS_PROXY": break
        case "HTTP_PROXY": throw APIRefusal.notServed("IntegrationType HTTP_PROXY")
        default:
            throw APIRefusal.badRequest(
                "IntegrationType \(type ?? "") is not supported for protocol type HTTP")
        }
        if subtype?.isEmpty == false { throw APIRefusal.notServed("IntegrationSubtype") }
        if let method, !["POST", "ANY"].contains(method) {
            throw APIRefusal.badRequest("HttpMethod must be POST for AWS_PROXY integrations")
        }
        if connectionType == "VPC_LINK" { throw APIRefusal.notServed("ConnectionType VPC_LINK") }
        if requestParameters?.isEmpty == false {
            throw APIRefusal.notServed("RequestParameters of integrations")
        }
        if responseParameters?.isEmpty == false {
            throw APIRefusal.notServed("ResponseParameters of integrations")
        }
        if tlsConfig != nil { throw APIRefusal.notServed("TlsConfig") }
    }
}
