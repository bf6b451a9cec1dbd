import Storage

enum Migrations {
    static let all: [Migration] = [
        Migration(
            number: 1,
            statements: [
                """
                CREATE TABLE seals (name TEXT NOT NULL PRIMARY KEY, key BLOB NOT NULL)
                """
            ]),
        // Keys that were not sealed are made anew, which ends the sessions of before.
        Migration(number: 2, statements: ["DELETE FROM seals"]),
    ]
}
