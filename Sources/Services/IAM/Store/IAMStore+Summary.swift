import IAMModel
import Storage

/// Counts for `GetAccountSummary`.
extension IAMStore {
    /// What is in an account, and its quotas, by the names that the answer has for them.
    func summary(of account: String) async throws -> [String: Int] {
        try await read { transaction in
            var summary = Self.quotas
            let rows = try transaction.query(
                "SELECT kind, COUNT(*) FROM entities WHERE account = ? GROUP BY kind", account)
            var counts: [EntityKind: Int] = [:]
            for row in rows {
                guard let kind = EntityKind(rawValue: row.string(0)) else { continue }
                counts[kind] = row.int(1)
            }
            summary["Users"] = counts[.user] ?? 0
            summary["Groups"] = counts[.group] ?? 0
            summary["Roles"] = counts[.role] ?? 0
            summary["Policies"] = counts[.policy] ?? 0
            summary["InstanceProfiles"] = counts[.instanceProfile] ?? 0
            summary["ServerCertificates"] = counts[.serverCertificate] ?? 0
            summary["Providers"] = (counts[.openIDProvider] ?? 0) + (counts[.samlProvider] ?? 0)
            summary["MFADevices"] = counts[.mfaDevice] ?? 0
            let devices = try Self.entities(.mfaDevice, of: account, in: transaction)
            summary["MFADevicesInUse"] = devices.count { $0.detail("user") != nil }
            summary["AccountMFAEnabled"] = devices.contains { $0.detail("user") == "" } ? 1 : 0
            summary["AccountAccessKeysPresent"] =
                try Self.accessKeys(of: "", of: account, in: transaction).isEmpty ? 0 : 1
            summary["PolicyVersionsInUse"] =
                try transaction.first(
                    "SELECT COUNT(*) FROM policy_versions WHERE account = ?", account)?.int(0) ?? 0
            let isVersion2 =
                try Self.setting(.tokenVersion, of: account, in: transaction) == "v2Token"
            summary["GlobalEndpointTokenVersion"] = isVersion2 ? 2 : 1
            return summary
        }
    }

    private static let quotas: [String: Int] = [
        "AccessKeysPerUserQuota": IAMLimits.accessKeysPerUser,
        "AccountPasswordPresent": 1, "AccountSigningCertificatesPresent": 0,
        "AssumeRolePolicySizeQuota": IAMLimits.trustPolicyCharacters,
        "AttachedPoliciesPerGroupQuota": IAMLimits.attachmentsPerEntity,
        "AttachedPoliciesPerRoleQuota": IAMLimits.attachmentsPerEntity,
        "AttachedPoliciesPerUserQuota": IAMLimits.attachmentsPerEntity,
        "GroupPolicySizeQuota": IAMLimits.inlinePolicyCharacters(of: .group),
        "GroupsPerUserQuota": IAMLimits.groupsPerUser,
        "GroupsQuota": IAMLimits.groupsPerAccount,
        "InstanceProfilesQuota": IAMLimits.instanceProfilesPerAccount,
        "PoliciesQuota": IAMLimits.policiesPerAccount,
        "PolicySizeQuota": IAMLimits.managedPolicyCharacters,
        "PolicyVersionsInUseQuota": 10_000,
        "RolePolicySizeQuota": IAMLimits.inlinePolicyCharacters(of: .role),
        "RolesQuota": IAMLimits.rolesPerAccount,
        "ServerCertificatesQuota": IAMLimits.serverCertificatesPerAccount,
        "SigningCertificatesPerUserQuota": IAMLimits.certificatesPerUser,
        "UserPolicySizeQuota": IAMLimits.inlinePolicyCharacters(of: .user),
        "UsersQuota": IAMLimits.usersPerAccount,
        "VersionsPerPolicyQuota": IAMLimits.versionsPerPolicy,
    ]
}
