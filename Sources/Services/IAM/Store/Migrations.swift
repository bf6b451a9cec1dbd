import Storage

enum Migrations {
    static let all: [Migration] = [roles, everything]

    private static let roles = Migration(
        number: 1,
        statements: [
            // Names differ by more than their case, so the folded name is the key.
            """
            CREATE TABLE roles (
                account TEXT NOT NULL, folded_name TEXT NOT NULL, name TEXT NOT NULL,
                path TEXT NOT NULL, id TEXT NOT NULL, trust_policy TEXT NOT NULL,
                description TEXT, max_session_seconds BIGINT NOT NULL,
                permissions_boundary TEXT, created BIGINT NOT NULL,
                PRIMARY KEY (account, folded_name))
            """,
            """
            CREATE TABLE role_policies (
                account TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
                document TEXT NOT NULL, characters BIGINT NOT NULL,
                PRIMARY KEY (account, role, name))
            """,
            """
            CREATE TABLE role_tags (
                account TEXT NOT NULL, role TEXT NOT NULL, folded_key TEXT NOT NULL,
                key TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (account, role, folded_key))
            """,
        ])

    /// Roles become one kind of what has names, policies and tags.
    private static let everything = Migration(
        number: 2,
        statements: [
            """
            CREATE TABLE entities (
                account TEXT NOT NULL, kind TEXT NOT NULL, folded_name TEXT NOT NULL,
                name TEXT NOT NULL, path TEXT NOT NULL, id TEXT NOT NULL, created BIGINT NOT NULL,
                boundary TEXT, description TEXT, document TEXT, number BIGINT NOT NULL,
                details TEXT NOT NULL,
                PRIMARY KEY (account, kind, folded_name))
            """,
            """
            CREATE TABLE inline_policies (
                account TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
                name TEXT NOT NULL, document TEXT NOT NULL, characters BIGINT NOT NULL,
                PRIMARY KEY (account, kind, owner, name))
            """,
            """
            CREATE TABLE tags (
                account TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
                folded_key TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (account, kind, owner, folded_key))
            """,
            """
            INSERT INTO entities (account, kind, folded_name, name, path, id, created, boundary,
                description, document, number, details)
            SELECT account, 'role', folded_name, name, path, id, created, permissions_boundary,
                description, trust_policy, max_session_seconds, '{}' FROM roles
            """,
            """
            INSERT INTO inline_policies (account, kind, owner, name, document, characters)
            SELECT account, 'role', role, name, document, characters FROM role_policies
            """,
            """
            INSERT INTO tags (account, kind, owner, folded_key, key, value)
            SELECT account, 'role', role, folded_key, key, value FROM role_tags
            """,
            "DROP TABLE roles", "DROP TABLE role_policies", "DROP TABLE role_tags",
            """
            CREATE TABLE attachments (
                account TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
                policy TEXT NOT NULL, attached BIGINT NOT NULL,
                PRIMARY KEY (account, kind, owner, policy))
            """,
            "CREATE INDEX attachments_of_policy ON attachments (account, policy)",
            // Users in groups, and roles in instance profiles.
            """
            CREATE TABLE members (
                account TEXT NOT NULL, kind TEXT NOT NULL, container TEXT NOT NULL,
                member TEXT NOT NULL, PRIMARY KEY (account, kind, container, member))
            """,
            "CREATE INDEX containers_of_member ON members (account, kind, member)",
            """
            CREATE TABLE policy_versions (
                account TEXT NOT NULL, policy TEXT NOT NULL, version BIGINT NOT NULL,
                document TEXT NOT NULL, created BIGINT NOT NULL,
                PRIMARY KEY (account, policy, version))
            """,
            // The secret is sealed; an empty user is the account's root.
            """
            CREATE TABLE access_keys (
                id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, user_name TEXT NOT NULL,
                secret BLOB NOT NULL, status TEXT NOT NULL, created BIGINT NOT NULL,
                last_used BIGINT, last_service TEXT, last_region TEXT)
            """,
            "CREATE INDEX keys_of_user ON access_keys (account, user_name)",
            """
            CREATE TABLE settings (
                account TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (account, name))
            """,
            "CREATE INDEX accounts_of_setting ON settings (name, value)",
            // What the authorizer decided, so that it is known after a restart.
            """
            CREATE TABLE denials (
                request_id TEXT NOT NULL, number BIGINT NOT NULL, time BIGINT NOT NULL,
                entry TEXT NOT NULL, PRIMARY KEY (request_id, number))
            """,
            "CREATE INDEX denials_by_time ON denials (time)",
            """
            CREATE TABLE usages (
                bearer TEXT NOT NULL, action TEXT NOT NULL, resource TEXT NOT NULL,
                PRIMARY KEY (bearer, action, resource))
            """,
        ])
}
