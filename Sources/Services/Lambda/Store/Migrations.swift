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
    ]
}
