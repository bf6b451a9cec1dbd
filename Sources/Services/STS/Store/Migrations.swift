import Storage

enum Migrations {
    static let all: [Migration] = [
        Migration(
            number: 1,
            statements: [
                """
                CREATE TABLE seals (name TEXT NOT NULL PRIMARY KEY, key BLOB NOT NULL)
                """
            ])
    ]
}
