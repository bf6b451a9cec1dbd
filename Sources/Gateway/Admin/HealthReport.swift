import Platform
import ServiceKit
import Wire

/// Says that Apus is up, in its own words and in those that scripts for existing tools wait for.
struct HealthReport: Sendable {
    /// The names that existing tools have for services, where they are not those of AWS's endpoints.
    private static let commonNames = [
        "email": "ses", "monitoring": "cloudwatch", "states": "stepfunctions",
    ]

    let version: String
    let services: OperationRouter
    let clock: any Clock
    private let started: ContinuousClock.Instant

    init(version: String, services: OperationRouter, clock: any Clock) {
        self.version = version
        self.services = services
        self.clock = clock
        self.started = clock.uptime
    }

    /// `/_apus/health`
    var document: Document {
        [
            "status": "running", "version": .string(version), "services": states(by: \.name),
            "uptimeSeconds": .integer(uptimeSeconds),
        ]
    }

    /// `/_localstack/health`
    var localStackDocument: Document {
        [
            "services": states { Self.commonNames[$0.endpointPrefix] ?? $0.endpointPrefix },
            "edition": "apus", "version": .string(version),
        ]
    }

    /// `/_localstack/info`
    var localStackInfo: Document {
        [
            "version": .string(version), "edition": "apus", "is_license_activated": false,
            "is_docker": false, "system": "linux",
            "server_time_utc": .string(clock.now.iso8601), "uptime": .integer(uptimeSeconds),
        ]
    }

    private var uptimeSeconds: Int64 { (clock.uptime - started).components.seconds }

    private func states(by name: (ServiceDescription) -> String) -> Document {
        .object(
            Dictionary(
                services.all.map { (name($0.description), "running") },
                uniquingKeysWith: { first, _ in first }))
    }
}
