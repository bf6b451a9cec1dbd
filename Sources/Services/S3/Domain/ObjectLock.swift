import Platform
import Wire

/// What protects versions from being removed or changed.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>
enum ObjectLock {
    private static var isProtected: AWSError {
        AWSError(
            "AccessDenied", "Access Denied because object protected by object lock.", status: 403)
    }

    /// The error that a version has no such protection.
    static func missing(_ object: ObjectRecord) -> AWSError {
        AWSError(
            "NoSuchObjectLockConfiguration",
            "The specified object does not have a ObjectLock configuration", status: 404,
            fields: ["Key": .string(object.keyText)])
    }

    /// Whether a version may be removed.
    ///
    /// - Throws: `AccessDenied`.
    static func checkRemoval(
        of object: ObjectRecord, bypassesGovernance: Bool, now: Instant
    ) throws {
        if object.details.hasLegalHold == true { throw isProtected }
        guard let until = object.details.retainUntil, until > now else { return }
        if object.details.retentionMode == "GOVERNANCE", bypassesGovernance { return }
        throw isProtected
    }

    /// Whether the retention of a version may become another.
    ///
    /// - Throws: `AccessDenied`.
    static func checkChange(
        of object: ObjectRecord, mode: String?, until: Instant?, bypassesGovernance: Bool,
        now: Instant
    ) throws {
        guard let present = object.details.retainUntil, present > now else { return }
        let isLonger = (until ?? .init(milliseconds: 0)) >= present
        switch object.details.retentionMode {
        case "COMPLIANCE" where !isLonger || mode != "COMPLIANCE": throw isProtected
        case "GOVERNANCE" where (!isLonger || mode != "GOVERNANCE") && !bypassesGovernance:
            // A longer retention, and the stricter mode, need no leave.
            if isLonger, mode == "COMPLIANCE" { return }
            throw isProtected
        default: return
        }
    }
}
