import APIGatewayV2Model
import Wire

/// What HTTP APIs can have and Apus does not serve: a request that asks for it is refused, never half obeyed.
enum UnservedFeatures {
    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(protocolType: String) throws {
        if protocolType != "HTTP" { throw APIRefusal.notServed("ProtocolType \(protocolType)") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(
        authorizationType: String?, authorizerID: String?, requestParameters: Int?
    ) throws {
        if let authorizationType, !["NONE", "AWS_IAM"].contains(authorizationType) {
            throw APIRefusal.notServed("AuthorizationType \(authorizationType)")
        }
        if authorizerID?.isEmpty == false { throw APIRefusal.notServed("AuthorizerId") }
        if requestParameters ?? 0 > 0 { throw APIRefusal.notServed("RequestParameters of routes") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(
        accessLogs: AccessLogSettings?, defaults: RouteSettings?, routes: [String: RouteSettings]?,
        clientCertificate: String?
    ) throws {
        if accessLogs?.destinationArn?.isEmpty == false {
            throw APIRefusal.notServed("AccessLogSettings")
        }
        for settings in [defaults].compactMap({ $0 }) + Array((routes ?? [:]).values) {
            if settings.throttlingBurstLimit != nil || settings.throttlingRateLimit != nil {
                throw APIRefusal.notServed("Throttling")
            }
            if settings.detailedMetricsEnabled == true {
                throw APIRefusal.notServed("DetailedMetricsEnabled")
            }
        }
        if clientCertificate?.isEmpty == false { throw APIRefusal.notServed("ClientCertificateId") }
    }
}
