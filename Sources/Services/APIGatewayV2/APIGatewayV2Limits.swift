/// The quotas of HTTP APIs.
///
/// Source, where no other is named: "Quotas for configuring and running an HTTP API" in API
/// Gateway's developer guide.
enum APIGatewayV2Limits {
    static let apisPerRegion = 600
    static let routesPerAPI = 300
    static let integrationsPerAPI = 300
    static let stagesPerAPI = 10
    /// Tags of an API or a stage.
    static let tagsPerResource = 50
    /// Bytes of a request's body.
    static let payloadBytes = 10 * 1024 * 1024
    /// The longest that an integration may take, and the time where none is set.
    static let integrationTimeoutMilliseconds = 30_000
    /// Items of a page, and the number where none is asked for. Ours: AWS names none for HTTP APIs.
    static let pageItems = 500

    /// How long a node may serve an API as it knows it without looking whether another node has
    /// changed it. Ours; a node's own changes are served at once.
    static let staleness = Duration.seconds(1)
    /// APIs that a node keeps ready to serve. Ours.
    static let cachedAPIs = 1_000
}
