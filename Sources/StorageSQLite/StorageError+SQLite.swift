internal import CSQLite
internal import Storage

extension StorageError {
    /// Makes the error that a result code of SQLite stands for
    /// (https://www.sqlite.org/rescode.html).
    init(code: Int32, message: String) {
        let kind: Kind
        switch code {
        // The extended codes 1555, 2067 and 2579: macros with arithmetic, which Swift does not
        // import.
        case SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 10 << 8:
            kind = .uniqueConstraint
        default:
            switch code & 0xFF {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH: kind = .constraint
            case SQLITE_TOOBIG: kind = .invalidValue
            case SQLITE_FULL: kind = .full
            case SQLITE_READONLY, SQLITE_PERM: kind = .readOnly
            case SQLITE_CORRUPT, SQLITE_NOTADB: kind = .corrupt
            case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISUSE: kind = .statement
            default: kind = .unavailable
            }
        }
        self.init(kind, "\(message) (SQLite code \(code))")
    }
}
