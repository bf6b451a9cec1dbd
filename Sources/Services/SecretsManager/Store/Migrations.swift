import Jobs
package import Storage

extension SecretsManagerService {
    /// The history of the service's schema. Values are stored in envelopes whose keys KMS encrypts.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                """
                CREATE TABLE secrets (
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    arn TEXT NOT NULL, description TEXT, kms_key TEXT, type TEXT,
                    created BIGINT NOT NULL, changed BIGINT NOT NULL, accessed BIGINT,
                    rotated BIGINT, deletion BIGINT, policy TEXT, rotation_enabled BIGINT NOT NULL,
                    rotation_function TEXT, rotation_days BIGINT, rotation_schedule TEXT,
                    rotation_duration TEXT, rotation_next BIGINT, rotation_pending TEXT,
                    primary_region TEXT, PRIMARY KEY (account, region, name), UNIQUE (arn))
                """,
                "CREATE INDEX secrets_by_creation ON secrets (account, region, created, name)",
                """
                CREATE TABLE versions (
                    arn TEXT NOT NULL, id TEXT NOT NULL, value BLOB, is_binary BIGINT NOT NULL,
                    created BIGINT NOT NULL, accessed BIGINT, kms_key TEXT,
                    PRIMARY KEY (arn, id))
                """,
                """
                CREATE TABLE stages (
                    arn TEXT NOT NULL, stage TEXT NOT NULL, version_id TEXT NOT NULL,
                    PRIMARY KEY (arn, stage))
                """,
                """
                CREATE TABLE tags (
                    arn TEXT NOT NULL, tag_key TEXT NOT NULL, tag_value TEXT NOT NULL,
                    PRIMARY KEY (arn, tag_key))
                """,
                """
                CREATE TABLE replicas (
                    arn TEXT NOT NULL, region TEXT NOT NULL, kms_key TEXT, status TEXT NOT NULL,
                    message TEXT, PRIMARY KEY (arn, region))
                """,
            ]),
    ]
}
