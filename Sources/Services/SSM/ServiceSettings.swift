import Platform
import SSMModel
import ServiceKit
import Storage
import Wire

/// The settings of an account's region that concern Parameter Store.
///
/// Source: API_GetServiceSetting in the Systems Manager API Reference.
struct ServiceSettings: Sendable {
    static let defaultTier = "/ssm/parameter-store/default-parameter-tier"
    /// What each setting can be; first what it is where nobody has set it.
    private static let values: [String: [String]] = [
        defaultTier: ["Standard", "Advanced", "Intelligent-Tiering"],
        "/ssm/parameter-store/high-throughput-enabled": ["false", "true"],
    ]

    let database: any Database
    let clock: any Clock

    func access(_ action: String, to id: String, in context: RequestContext) -> AccessRequest {
        AccessRequest(action, on: Self.arn(id, in: context))
    }

    /// The value of a setting.
    func value(of id: String, in context: RequestContext) async throws -> String {
        try await setting(id, in: context).settingValue ?? ""
    }

    /// - Throws: `ServiceSettingNotFound`.
    func setting(_ id: String, in context: RequestContext) async throws -> ServiceSetting {
        let id = Self.name(of: id)
        guard let standard = Self.values[id]?.first else { throw Self.notFound(id) }
        let row = try await database.read { transaction in
            try transaction.first(
                "SELECT value, modified, modified_by FROM settings "
                    + "WHERE account = ? AND region = ? AND id = ?",
                context.account, context.region, id)
        }
        return ServiceSetting(
            settingId: id, settingValue: row?.string(0) ?? standard,
            lastModifiedDate: row?.instant(1) ?? Instant(seconds: 0),
            lastModifiedUser: row?.string(2) ?? "System", arn: Self.arn(id, in: context),
            status: row == nil ? "Default" : "Customized")
    }

    /// Sets a value; `nil` is the first one.
    ///
    /// - Throws: `ServiceSettingNotFound`, `ValidationException`.
    func set(_ id: String, to value: String?, in context: RequestContext) async throws {
        let id = Self.name(of: id)
        guard let values = Self.values[id] else { throw Self.notFound(id) }
        if let value, !values.contains(value) {
            throw SSMFailure.validation(
                "The setting value \(value) is not valid. Valid values include: "
                    + "[\(values.joined(separator: ", "))].")
        }
        let user = context.principal.arn
        try await database.write { [clock] transaction in
            guard let value else {
                try transaction.execute(
                    "DELETE FROM settings WHERE account = ? AND region = ? AND id = ?",
                    context.account, context.region, id)
                return
            }
            try transaction.execute(
                "INSERT INTO settings (account, region, id, value, modified, modified_by) "
                    + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, id) DO UPDATE SET "
                    + "value = excluded.value, modified = excluded.modified, "
                    + "modified_by = excluded.modified_by",
                context.account, context.region, id, value, clock.now, user)
        }
    }

    /// The identifier in an ARN, or the identifier itself.
    private static func name(of id: String) -> String {
        guard let arn = ARN(id), arn.resource.hasPrefix("servicesetting") else { return id }
        return String(arn.resource.dropFirst("servicesetting".count))
    }

    private static func arn(_ id: String, in context: RequestContext) -> String {
        context.arn("ssm", "servicesetting\(name(of: id))").description
    }

    private static func notFound(_ id: String) -> AWSError {
        SSMError.serviceSettingNotFound("Setting: \(id) is not served by Apus.")
    }
}
