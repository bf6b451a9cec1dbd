import Storage

enum Migrations {
    static let all: [Migration] = [
        Migration(
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
    ]
}
