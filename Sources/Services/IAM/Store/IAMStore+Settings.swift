import Storage
import Wire

/// What an account as a whole has set: its alias, the rules for passwords.
extension IAMStore {
    /// The names of settings.
    enum Setting: String, Sendable {
        case alias
        case passwordPolicy = "password-policy"
        case credentialReport = "credential-report"
        case tokenVersion = "token-version"
    }

    /// The value of a setting; `nil` where it is not set.
    func setting(_ setting: Setting, of account: String) async throws -> String? {
        try await read { try Self.setting(setting, of: account, in: $0) }
    }

    static func setting(
        _ setting: Setting, of account: String, in transaction: any ReadTransaction
    ) throws -> String? {
        try transaction.first(
            "SELECT value FROM settings WHERE account = ? AND name = ?", account,
            setting.rawValue)?.string(0)
    }

    static func set(
        _ setting: Setting, of account: String, to value: String?,
        in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            "DELETE FROM settings WHERE account = ? AND name = ?", account, setting.rawValue)
        guard let value else { return }
        try transaction.execute(
            "INSERT INTO settings (account, name, value) VALUES (?, ?, ?)", account,
            setting.rawValue, value)
    }

    /// Sets a setting, or with `nil` removes it.
    func set(_ setting: Setting, of account: String, to value: String?) async throws {
        try await write { try Self.set(setting, of: account, to: value, in: $0) }
    }
}
