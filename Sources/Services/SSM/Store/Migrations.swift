import Jobs
package import Storage

extension SSMService {
    /// The history of the service's schema. Values of `SecureString` are stored as KMS encrypts them.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                """
                CREATE TABLE parameters (
                    account TEXT NOT NULL, region TEXT NOT NULL, path TEXT NOT NULL,
                    name TEXT NOT NULL, version BIGINT NOT NULL, tier TEXT NOT NULL,
                    PRIMARY KEY (account, region, path))
                """,
                """
                CREATE TABLE versions (
                    account TEXT NOT NULL, region TEXT NOT NULL, path TEXT NOT NULL,
                    version BIGINT NOT NULL, type TEXT NOT NULL, tier TEXT NOT NULL,
                    data_type TEXT NOT NULL, value BLOB NOT NULL, key_id TEXT, description TEXT,
                    allowed_pattern TEXT, policies TEXT, modified BIGINT NOT NULL,
                    modified_by TEXT NOT NULL, PRIMARY KEY (account, region, path, version))
                """,
                """
                CREATE TABLE labels (
                    account TEXT NOT NULL, region TEXT NOT NULL, path TEXT NOT NULL,
                    label TEXT NOT NULL, version BIGINT NOT NULL, attached BIGINT NOT NULL,
                    PRIMARY KEY (account, region, path, label))
                """,
                """
                CREATE TABLE tags (
                    account TEXT NOT NULL, region TEXT NOT NULL, path TEXT NOT NULL,
                    tag_key TEXT NOT NULL, tag_value TEXT NOT NULL,
                    PRIMARY KEY (account, region, path, tag_key))
                """,
                """
                CREATE TABLE settings (
                    account TEXT NOT NULL, region TEXT NOT NULL, id TEXT NOT NULL,
                    value TEXT NOT NULL, modified BIGINT NOT NULL, modified_by TEXT NOT NULL,
                    PRIMARY KEY (account, region, id))
                """,
            ]),
    ]
}
