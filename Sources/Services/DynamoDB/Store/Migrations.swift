import Jobs
package import Storage

extension DynamoDBService {
    /// The history of the service's schema.
    ///
    /// A row of an item or of an index stands under its shard: the number of its table or index, and ten bits of the
    /// partition key's hash (see ``StoredKey``). Rows of one partition key so lie together, in the order of their
    /// sort keys, and a table can be scanned in parallel.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                """
                CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)
                """,
                """
                CREATE TABLE tables (
                    id BIGINT NOT NULL PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,
                    name TEXT NOT NULL, version BIGINT NOT NULL, description TEXT NOT NULL,
                    settings TEXT NOT NULL, UNIQUE (account, region, name))
                """,
                """
                CREATE TABLE figures (
                    id BIGINT NOT NULL PRIMARY KEY, items BIGINT NOT NULL, bytes BIGINT NOT NULL,
                    counted BIGINT NOT NULL)
                """,
                """
                CREATE TABLE items (
                    shard BIGINT NOT NULL, hash_key BLOB NOT NULL, range_key BLOB NOT NULL,
                    size BIGINT NOT NULL, item BLOB NOT NULL,
                    PRIMARY KEY (shard, hash_key, range_key)) CLUSTERED
                """,
                // Where an index projects all attributes, its rows have no item: the table's is read.
                """
                CREATE TABLE index_items (
                    shard BIGINT NOT NULL, hash_key BLOB NOT NULL, range_key BLOB NOT NULL,
                    item_shard BIGINT NOT NULL, item_hash BLOB NOT NULL, item_range BLOB NOT NULL,
                    size BIGINT NOT NULL, item BLOB,
                    PRIMARY KEY (shard, hash_key, range_key, item_hash, item_range)) CLUSTERED
                """,
                // What items were before their changes, for tables with point-in-time recovery.
                """
                CREATE TABLE past_items (
                    shard BIGINT NOT NULL, hash_key BLOB NOT NULL, range_key BLOB NOT NULL,
                    changed BIGINT NOT NULL, size BIGINT NOT NULL, item BLOB,
                    PRIMARY KEY (shard, hash_key, range_key, changed)) CLUSTERED
                """,
                """
                CREATE TABLE streams (
                    id BIGINT NOT NULL PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,
                    table_name TEXT NOT NULL, label TEXT NOT NULL, view_type TEXT NOT NULL,
                    key_schema TEXT NOT NULL, created BIGINT NOT NULL, closed BIGINT,
                    next_sequence BIGINT NOT NULL, UNIQUE (account, region, table_name, label))
                """,
                """
                CREATE TABLE stream_records (
                    stream_id BIGINT NOT NULL, sequence BIGINT NOT NULL, created BIGINT NOT NULL,
                    event TEXT NOT NULL, is_service BIGINT NOT NULL, size BIGINT NOT NULL,
                    item_key BLOB NOT NULL, old_image BLOB, new_image BLOB,
                    PRIMARY KEY (stream_id, sequence)) CLUSTERED
                """,
                """
                CREATE TABLE tags (
                    table_id BIGINT NOT NULL, tag_key TEXT NOT NULL, tag_value TEXT NOT NULL,
                    PRIMARY KEY (table_id, tag_key))
                """,
                """
                CREATE TABLE backups (
                    arn TEXT NOT NULL PRIMARY KEY, id BIGINT NOT NULL, account TEXT NOT NULL,
                    region TEXT NOT NULL, table_name TEXT NOT NULL, created BIGINT NOT NULL,
                    description TEXT NOT NULL, source TEXT NOT NULL)
                """,
                """
                CREATE TABLE tokens (
                    account TEXT NOT NULL, region TEXT NOT NULL, token TEXT NOT NULL,
                    request BLOB NOT NULL, created BIGINT NOT NULL,
                    PRIMARY KEY (account, region, token))
                """,
                "CREATE INDEX tokens_by_time ON tokens (created)",
            ]),
    ]
}
