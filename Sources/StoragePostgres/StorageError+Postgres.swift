internal import CLibPQ
internal import Storage

extension StorageError {
    /// Makes the error that a state of SQL stands for
    /// (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    init(sqlState: String, message: String) {
        self.init(Self.kind(sqlState), "\(message) (SQLSTATE \(sqlState))")
    }

    private static func kind(_ sqlState: String) -> Kind {
        switch sqlState {
        case "23505": return .uniqueConstraint
        // Serialization failure, deadlock.
        case "40001", "40P01": return .conflict
        case "53100": return .full
        case "25006": return .readOnly
        // A value of another type than its column.
        case "42804": return .constraint
        // Text that is not UTF-8, or has a NUL.
        case "22021": return .invalidValue
        // Too few or too many values for the parameters.
        case "08P01": return .statement
        default: break
        }
        switch sqlState.prefix(2) {
        case "22", "23": return .constraint
        case "0A", "42": return .statement
        case "XX": return .corrupt
        default: return .unavailable
        }
    }
}
