import Wire

/// The routes of a deployment, in the order in which they are tried.
struct RouteTable: Sendable {
    /// A route that a request found.
    struct Match: Sendable {
        let route: DeployedRoute
        /// The decoded values of the path's parameters.
        let parameters: [String: String]
    }

    private let routes: [DeployedRoute]

    init(_ routes: [DeployedRoute]) {
        self.routes = routes.sorted { $0.key < $1.key }
    }

    /// The route for a request.
    ///
    /// - Parameter path: the path within the stage, as it was sent.
    func match(method: String, path: String) -> Match? {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            .map { PercentEncoding.decodeLeniently($0) }
        for route in routes {
            if route.key.isDefault { return Match(route: route, parameters: [:]) }
            guard route.key.method == method || route.key.method == "ANY",
                let parameters = route.key.match(parts)
            else { continue }
            return Match(route: route, parameters: parameters)
        }
        return nil
    }

    /// Whether a route is for `OPTIONS` and this path expressly.
    func hasOptions(for path: String) -> Bool {
        match(method: "OPTIONS", path: path)?.route.key.method == "OPTIONS"
    }
}
