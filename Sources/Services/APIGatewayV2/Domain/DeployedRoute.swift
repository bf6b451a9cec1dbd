/// A route as it was deployed, with where it leads.
struct DeployedRoute: Sendable {
    let key: RouteKey
    /// Whether callers must sign and be allowed to.
    let isSigned: Bool
    /// Nil for a route that leads nowhere.
    let integration: IntegrationSettings?
}
