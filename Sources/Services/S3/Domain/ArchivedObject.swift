import Platform
import Wire

/// Objects whose storage class keeps them from being read until they are restored.
enum ArchivedObject {
    private static let classes = ["GLACIER", "DEEP_ARCHIVE"]

    static func isArchived(_ storageClass: String) -> Bool { classes.contains(storageClass) }

    /// - Throws: `InvalidObjectState`.
    static func checkReadable(_ object: ObjectRecord, now: Instant) throws {
        guard isArchived(object.storageClass) else { return }
        if let until = object.details.restoredUntil, until > now { return }
        throw AWSError(
            "InvalidObjectState",
            "The operation is not valid for the object's storage class", status: 403,
            fields: ["StorageClass": .string(object.storageClass)])
    }
}
