package import Storage

extension APIGatewayV2Service {
    /// The history of the service's schema. What is never searched for stands in `settings`, as JSON.
    package static let migrations: [Migration] = [
        Migration(
            number: 1,
            statements: [
                """
                CREATE TABLE apis (
                    id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,
                    created BIGINT NOT NULL, serving_version BIGINT NOT NULL, settings TEXT NOT NULL)
                """,
                "CREATE INDEX apis_by_owner ON apis (account, region, id)",
                """
                CREATE TABLE routes (
                    api_id TEXT NOT NULL, id TEXT NOT NULL, route_key TEXT NOT NULL,
                    settings TEXT NOT NULL, PRIMARY KEY (api_id, id), UNIQUE (api_id, route_key))
                """,
                """
                CREATE TABLE integrations (
                    api_id TEXT NOT NULL, id TEXT NOT NULL, settings TEXT NOT NULL,
                    PRIMARY KEY (api_id, id))
                """,
                """
                CREATE TABLE stages (
                    api_id TEXT NOT NULL, name TEXT NOT NULL, created BIGINT NOT NULL,
                    updated BIGINT NOT NULL, deployment_id TEXT, is_automatic BIGINT NOT NULL,
                    settings TEXT NOT NULL, PRIMARY KEY (api_id, name))
                """,
                """
                CREATE TABLE deployments (
                    api_id TEXT NOT NULL, id TEXT NOT NULL, created BIGINT NOT NULL,
                    is_automatic BIGINT NOT NULL, description TEXT, snapshot TEXT NOT NULL,
                    PRIMARY KEY (api_id, id))
                """,
            ])
    ]
}
