internal import CLibPQ

/// The numbers of the server's own types, which never change (`select oid, typname from pg_type`).
enum PostgresType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let float8: Oid = 701
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700
}
