import Jobs
package import Storage

extension CloudWatchLogsService {
    /// The history of the service's schema.
    ///
    /// Names point to numbers so that events carry numbers, and so that a group that is made anew under an old name
    /// never shows the events of the old one.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                """
                CREATE TABLE log_groups (
                    id BIGINT NOT NULL PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,
                    name TEXT NOT NULL, class TEXT NOT NULL, kms_key TEXT, retention_days BIGINT,
                    is_protected BIGINT NOT NULL, created BIGINT NOT NULL,
                    UNIQUE (account, region, name))
                """,
                """
                CREATE TABLE log_group_tags (
                    group_id BIGINT NOT NULL, tag_key TEXT NOT NULL, tag_value TEXT NOT NULL,
                    PRIMARY KEY (group_id, tag_key))
                """,
                """
                CREATE TABLE log_streams (
                    id BIGINT NOT NULL PRIMARY KEY, group_id BIGINT NOT NULL, name TEXT NOT NULL,
                    created BIGINT NOT NULL, first_event BIGINT, last_event BIGINT,
                    last_ingestion BIGINT, stored_bytes BIGINT NOT NULL,
                    last_sequence BIGINT NOT NULL, UNIQUE (group_id, name))
                """,
                // Messages are bytes, since text cannot hold U+0000 in PostgreSQL.
                """
                CREATE TABLE log_events (
                    stream_id BIGINT NOT NULL, time BIGINT NOT NULL, sequence BIGINT NOT NULL,
                    group_id BIGINT NOT NULL, ingested BIGINT NOT NULL, message BLOB NOT NULL,
                    PRIMARY KEY (stream_id, time, sequence))
                """,
                // A group is read across its streams page by page, without sorting them again for each page.
                """
                CREATE INDEX log_events_by_group
                    ON log_events (group_id, time, stream_id, sequence)
                """,
            ]),
    ]
}
