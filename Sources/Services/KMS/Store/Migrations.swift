import Jobs
package import Storage

extension KMSService {
    /// The history of the service's schema.
    ///
    /// No secret stands in it but sealed under the root key, whose fingerprint it remembers.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                "CREATE TABLE root_key (name TEXT NOT NULL PRIMARY KEY, fingerprint BLOB NOT NULL)",
                """
                CREATE TABLE keys (
                    account TEXT NOT NULL, region TEXT NOT NULL, id TEXT NOT NULL,
                    spec TEXT NOT NULL, usage TEXT NOT NULL, origin TEXT NOT NULL,
                    is_managed BIGINT NOT NULL, description TEXT NOT NULL, state TEXT NOT NULL,
                    created BIGINT NOT NULL, deletion BIGINT, pending_days BIGINT,
                    primary_region TEXT, policy TEXT NOT NULL, rotation_days BIGINT,
                    next_rotation BIGINT, material_id TEXT, PRIMARY KEY (account, region, id))
                """,
                // A material that is deleted or has expired keeps its row, since only the same may be imported again.
                """
                CREATE TABLE materials (
                    account TEXT NOT NULL, region TEXT NOT NULL, key_id TEXT NOT NULL,
                    id TEXT NOT NULL, sealed BLOB, rotated BIGINT, rotation_type TEXT,
                    description TEXT, valid_to BIGINT, number BIGINT NOT NULL,
                    state TEXT NOT NULL, PRIMARY KEY (account, region, key_id, id))
                """,
                """
                CREATE TABLE aliases (
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    key_id TEXT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,
                    PRIMARY KEY (account, region, name))
                """,
                "CREATE INDEX aliases_by_key ON aliases (account, region, key_id, name)",
                """
                CREATE TABLE tags (
                    account TEXT NOT NULL, region TEXT NOT NULL, key_id TEXT NOT NULL,
                    tag_key TEXT NOT NULL, tag_value TEXT NOT NULL,
                    PRIMARY KEY (account, region, key_id, tag_key))
                """,
                """
                CREATE TABLE grants (
                    account TEXT NOT NULL, region TEXT NOT NULL, key_id TEXT NOT NULL,
                    id TEXT NOT NULL, token TEXT NOT NULL, name TEXT, grantee TEXT NOT NULL,
                    retiring TEXT, issuer TEXT NOT NULL, operations TEXT NOT NULL,
                    context_equals TEXT, context_subset TEXT, created BIGINT NOT NULL,
                    PRIMARY KEY (account, region, key_id, id), UNIQUE (token))
                """,
                "CREATE INDEX grants_by_retiring ON grants (retiring, account, region, key_id, id)",
            ]),
    ]
}
