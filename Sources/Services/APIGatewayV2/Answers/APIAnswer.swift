import APIGatewayV2Model
import Platform
import ServiceKit
import Wire

/// What AWS answers of an API; four structures of the model have these members.
protocol APIAnswer: Structure {
    var apiEndpoint: String? { get set }
    var apiId: String? { get set }
    var apiKeySelectionExpression: String? { get set }
    var corsConfiguration: Cors? { get set }
    var createdDate: Instant? { get set }
    var description: String? { get set }
    var disableExecuteApiEndpoint: Bool? { get set }
    var ipAddressType: String? { get set }
    var tags: [String: String]? { get set }
    var version: String? { get set }

    /// Sets the members that are required in one of the structures and optional in the others.
    mutating func set(name: String, protocolType: String, routeSelectionExpression: String)
}

extension APIAnswer {
    init(_ api: APIRecord, in context: RequestContext) {
        self.init()
        let host = "\(api.id).\(HostedKind.api.label).\(api.scope.region)"
        apiEndpoint = String(context.origin.hostedURL(host).dropLast())
        apiId = api.id
        apiKeySelectionExpression = api.apiKeySelectionExpression
        corsConfiguration = api.cors?.model
        createdDate = api.created
        description = api.description
        disableExecuteApiEndpoint = api.isEndpointDisabled
        ipAddressType = api.ipAddressType
        tags = api.tags
        version = api.version
        set(
            name: api.name, protocolType: "HTTP",
            routeSelectionExpression: api.routeSelectionExpression)
    }
}

extension CreateApiResponse: APIAnswer {
    mutating func set(name: String, protocolType: String, routeSelectionExpression: String) {
        (self.name, self.protocolType) = (name, protocolType)
        self.routeSelectionExpression = routeSelectionExpression
    }
}

extension GetApiResponse: APIAnswer {
    mutating func set(name: String, protocolType: String, routeSelectionExpression: String) {
        (self.name, self.protocolType) = (name, protocolType)
        self.routeSelectionExpression = routeSelectionExpression
    }
}

extension UpdateApiResponse: APIAnswer {
    mutating func set(name: String, protocolType: String, routeSelectionExpression: String) {
        (self.name, self.protocolType) = (name, protocolType)
        self.routeSelectionExpression = routeSelectionExpression
    }
}

extension Api: APIAnswer {
    mutating func set(name: String, protocolType: String, routeSelectionExpression: String) {
        (self.name, self.protocolType) = (name, protocolType)
        self.routeSelectionExpression = routeSelectionExpression
    }
}
