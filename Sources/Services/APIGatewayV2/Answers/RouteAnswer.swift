import APIGatewayV2Model
import Wire

/// What AWS answers of a route; four structures of the model have these members.
protocol RouteAnswer: Structure {
    var apiGatewayManaged: Bool? { get set }
    var apiKeyRequired: Bool? { get set }
    var authorizationType: String? { get set }
    var operationName: String? { get set }
    var routeId: String? { get set }
    var target: String? { get set }

    /// Sets the member that is required in one of the structures and optional in the others.
    mutating func set(routeKey: String)
}

extension RouteAnswer {
    init(_ route: RouteRecord) {
        self.init()
        apiGatewayManaged = route.isManaged ? true : nil
        apiKeyRequired = false
        authorizationType = route.authorizationType
        operationName = route.operationName
        routeId = route.id
        target = route.target
        set(routeKey: route.key.text)
    }
}

extension CreateRouteResult: RouteAnswer {
    mutating func set(routeKey: String) { self.routeKey = routeKey }
}

extension GetRouteResult: RouteAnswer {
    mutating func set(routeKey: String) { self.routeKey = routeKey }
}

extension UpdateRouteResult: RouteAnswer {
    mutating func set(routeKey: String) { self.routeKey = routeKey }
}

extension Route: RouteAnswer {
    mutating func set(routeKey: String) { self.routeKey = routeKey }
}
