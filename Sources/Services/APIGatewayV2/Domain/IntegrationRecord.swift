/// An integration of an API.
struct IntegrationRecord: Sendable {
    let id: String
    var settings: IntegrationSettings
}
