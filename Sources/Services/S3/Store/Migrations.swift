import Jobs
package import Storage

extension S3Service {
    /// The history of the service's schema.
    ///
    /// Keys are bytes, so that both engines order them as S3 does and any character may be in one. The versions of a key stand next to
    /// each other, the newest first: the current object is the first row of its key, and a listing seeks from key to key. A file of
    /// bytes is counted in `blobs`: a copy and its source share it.
    package static let migrations: [Migration] = [
        JobQueue.migration(number: 1),
        Migration(
            number: 2,
            statements: [
                """
                CREATE TABLE buckets (
                    id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
                    region TEXT NOT NULL, created BIGINT NOT NULL, versioning TEXT NOT NULL,
                    has_locks BIGINT NOT NULL, ownership TEXT, grants BLOB NOT NULL)
                """,
                "CREATE INDEX buckets_by_account ON buckets (account, name)",
                """
                CREATE TABLE bucket_settings (
                    bucket_id BIGINT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
                    document BLOB NOT NULL, PRIMARY KEY (bucket_id, kind, name))
                """,
                """
                CREATE TABLE versions (
                    id BIGINT NOT NULL, bucket_id BIGINT NOT NULL, key BLOB NOT NULL,
                    rank BIGINT NOT NULL, version_id TEXT NOT NULL, is_marker BIGINT NOT NULL,
                    size BIGINT NOT NULL, etag TEXT NOT NULL, modified BIGINT NOT NULL,
                    storage_class TEXT NOT NULL, owner TEXT NOT NULL, checksum TEXT, blob TEXT,
                    part_count BIGINT, details BLOB NOT NULL, data BLOB,
                    PRIMARY KEY (bucket_id, key, rank))
                """,
                """
                CREATE TABLE object_parts (
                    object_id BIGINT NOT NULL, number BIGINT NOT NULL, start BIGINT NOT NULL,
                    size BIGINT NOT NULL, blob TEXT NOT NULL, checksum TEXT, salt BLOB,
                    PRIMARY KEY (object_id, number))
                """,
                """
                CREATE TABLE uploads (
                    id TEXT NOT NULL PRIMARY KEY, bucket_id BIGINT NOT NULL, key BLOB NOT NULL,
                    initiated BIGINT NOT NULL, owner TEXT NOT NULL, storage_class TEXT NOT NULL,
                    checksum_algorithm TEXT, checksum_type TEXT, details BLOB NOT NULL,
                    UNIQUE (bucket_id, key, id))
                """,
                """
                CREATE TABLE upload_parts (
                    upload_id TEXT NOT NULL, number BIGINT NOT NULL, size BIGINT NOT NULL,
                    etag TEXT NOT NULL, modified BIGINT NOT NULL, blob TEXT NOT NULL, checksum TEXT,
                    salt BLOB, PRIMARY KEY (upload_id, number))
                """,
                """
                CREATE TABLE blobs (
                    id TEXT NOT NULL PRIMARY KEY, size BIGINT NOT NULL, sha256 BLOB NOT NULL,
                    uses BIGINT NOT NULL)
                """,
            ]),
    ]
}
