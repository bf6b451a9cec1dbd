import Jobs
import Storage

enum Migrations {
    static let all: [Migration] = [
        Migration(
            number: 1,
            statements: [
                """
                CREATE TABLE functions (
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    tags TEXT NOT NULL,
                    PRIMARY KEY (account, region, name))
                """,
                """
                CREATE TABLE function_versions (
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    version TEXT NOT NULL, revision_id TEXT NOT NULL, deployment_id TEXT NOT NULL,
                    code_blob TEXT NOT NULL, code_digest BLOB NOT NULL, code_size BIGINT NOT NULL,
                    settings TEXT NOT NULL, modified BIGINT NOT NULL,
                    PRIMARY KEY (account, region, name, version))
                """,
                // The qualifier is empty for the function's own policy and URL.
                """
                CREATE TABLE permission_statements (
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    qualifier TEXT NOT NULL, position BIGINT NOT NULL, sid TEXT NOT NULL,
                    statement TEXT NOT NULL,
                    PRIMARY KEY (account, region, name, qualifier, sid))
                """,
                """
                CREATE TABLE function_urls (
                    id TEXT NOT NULL PRIMARY KEY,
                    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                    qualifier TEXT NOT NULL, auth_type TEXT NOT NULL, invoke_mode TEXT NOT NULL,
                    cors TEXT, created BIGINT NOT NULL, modified BIGINT NOT NULL,
                    UNIQUE (account, region, name, qualifier))
                """,
            ]),
        JobQueue.migration(number: 2),
        versionsAndLayers,
        eventSources,
    ]

    private static let eventSources = Migration(
        number: 4,
        statements: [
            """
            CREATE TABLE event_source_mappings (
                uuid TEXT NOT NULL PRIMARY KEY,
                account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                qualifier TEXT NOT NULL, source_arn TEXT NOT NULL, is_enabled BIGINT NOT NULL,
                settings TEXT NOT NULL, modified BIGINT NOT NULL, last_result TEXT NOT NULL,
                tags TEXT NOT NULL,
                UNIQUE (account, region, name, qualifier, source_arn))
            """,
            """
            CREATE TABLE stream_checkpoints (
                mapping TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT,
                is_finished BIGINT NOT NULL, attempts TEXT NOT NULL,
                PRIMARY KEY (mapping, shard))
            """,
        ])

    private static let versionsAndLayers = Migration(
        number: 3,
        statements: [
            "ALTER TABLE functions ADD COLUMN last_version BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE functions ADD COLUMN reserved_concurrency BIGINT",
            "ALTER TABLE functions ADD COLUMN recursive_loop TEXT NOT NULL DEFAULT 'Terminate'",
            "ALTER TABLE functions ADD COLUMN code_signing_config TEXT",
            "ALTER TABLE function_versions ADD COLUMN number BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE function_versions ADD COLUMN unzipped_size BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE function_versions ADD COLUMN source_description TEXT",
            """
            CREATE TABLE function_aliases (
                account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                alias TEXT NOT NULL, version TEXT NOT NULL, description TEXT NOT NULL,
                routing TEXT, revision_id TEXT NOT NULL,
                PRIMARY KEY (account, region, name, alias))
            """,
            // What is configured for a qualifier of a function: its kind says what `config` is.
            """
            CREATE TABLE qualifier_configs (
                account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                kind TEXT NOT NULL, qualifier TEXT NOT NULL, config TEXT NOT NULL,
                modified BIGINT NOT NULL,
                PRIMARY KEY (account, region, name, kind, qualifier))
            """,
            """
            CREATE TABLE layers (
                account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                last_version BIGINT NOT NULL,
                PRIMARY KEY (account, region, name))
            """,
            // A deleted version stays until no function has it any more.
            """
            CREATE TABLE layer_versions (
                account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
                version BIGINT NOT NULL, code_blob TEXT NOT NULL, code_digest BLOB NOT NULL,
                code_size BIGINT NOT NULL, unzipped_size BIGINT NOT NULL,
                properties TEXT NOT NULL, statements TEXT NOT NULL, revision_id TEXT NOT NULL,
                created BIGINT NOT NULL, is_deleted BIGINT NOT NULL DEFAULT 0,
                PRIMARY KEY (account, region, name, version))
            """,
            """
            CREATE TABLE code_signing_configs (
                account TEXT NOT NULL, region TEXT NOT NULL, id TEXT NOT NULL,
                config TEXT NOT NULL, tags TEXT NOT NULL, modified BIGINT NOT NULL,
                PRIMARY KEY (account, region, id))
            """,
        ])
}
