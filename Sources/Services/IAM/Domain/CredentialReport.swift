import IAMModel
import Platform
import Storage
import Wire

/// The state of all credentials of an account as comma-separated values.
///
/// Source: "Generate credential reports for your AWS account" in the IAM User Guide.
struct CredentialReport: Sendable, Equatable {
    private static let columns =
        "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
        + "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
        + "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
        + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
        + "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
        + "cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

    let content: String
    let created: Instant

    init(content: String, created: Instant) {
        self.content = content
        self.created = created
    }

    /// Reads what `document` wrote.
    init?(json: String) {
        guard let document = try? Document(json: json),
            let content = document["content"]?.stringValue,
            let created = document["created"]?.integerValue
        else { return nil }
        self.init(content: content, created: Instant(milliseconds: created))
    }

    var document: Document {
        ["content": .string(content), "created": .integer(created.milliseconds)]
    }

    /// Whether the report may still be answered.
    func isFresh(at time: Instant) -> Bool {
        time < created + .seconds(IAMLimits.credentialReportSeconds)
    }

    /// Makes the report of an account.
    static func make(
        of account: String, in partition: String, at time: Instant,
        _ transaction: any ReadTransaction
    ) throws -> CredentialReport {
        let root = try line(
            user: "<root_account>", arn: "arn:\(partition):iam::\(account):root", created: time,
            name: "", of: account, transaction)
        let users = try IAMStore.entities(.user, of: account, in: transaction).map { user in
            try line(
                user: user.name, arn: user.arn(in: partition), created: user.created,
                name: user.name, of: account, transaction)
        }
        return CredentialReport(
            content: ([columns, root] + users).joined(separator: "\n"), created: time)
    }

    private static func line(
        user: String, arn: String, created: Instant, name: String, of account: String,
        _ transaction: any ReadTransaction
    ) throws -> String {
        let keys = try IAMStore.accessKeys(of: name, of: account, in: transaction)
        let profile = try IAMStore.find(
            EntityReference(.loginProfile, name), of: account, in: transaction)
        let devices = try IAMStore.devices(of: name, of: account, in: transaction)
        var cells = [
            user, arn, text(created), name.isEmpty ? "not_supported" : String(profile != nil),
            profile == nil ? "N/A" : "no_information",
            profile.map { text($0.created) } ?? "N/A", "N/A", String(!devices.isEmpty),
        ]
        for index in 0..<2 {
            guard index < keys.count else {
                cells += ["false", "N/A", "N/A", "N/A", "N/A"]
                continue
            }
            let key = keys[index]
            cells += [
                String(key.status == StoredAccessKey.active), text(key.created),
                key.lastUse.map { text($0.time) } ?? "N/A", key.lastUse?.region ?? "N/A",
                key.lastUse?.service ?? "N/A",
            ]
        }
        return (cells + ["false", "N/A", "false", "N/A"]).joined(separator: ",")
    }

    private static func text(_ time: Instant) -> String {
        "\(time.iso8601.dropLast())+00:00"
    }
}

extension IAMStore {
    /// The report that was made last; `nil` where none was.
    func credentialReport(of account: String) async throws -> CredentialReport? {
        try await setting(.credentialReport, of: account).flatMap(CredentialReport.init(json:))
    }

    /// Makes a report.
    func makeCredentialReport(
        of account: String, in partition: String, at time: Instant
    ) async throws -> CredentialReport {
        try await read { transaction in
            try CredentialReport.make(of: account, in: partition, at: time, transaction)
        }
    }
}
