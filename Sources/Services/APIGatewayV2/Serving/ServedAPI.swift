/// An API as it is served.
struct ServedAPI: Sendable {
    /// A stage with what is deployed to it.
    struct Stage: Sendable {
        let name: String
        let variables: [String: String]
        let routes: RouteTable
        let cors: CORSPolicy?
    }

    let id: String
    let scope: APIScope
    let version: Int
    /// By their names; none where the endpoint is disabled, and only those that something was deployed to.
    let stages: [String: Stage]
}
