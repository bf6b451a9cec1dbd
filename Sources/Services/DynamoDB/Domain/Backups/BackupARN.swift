import DynamoDBModel
import Platform
import Wire

/// How backups are named.
enum BackupARN {
    /// The time of a backup as its ARN has it: 14 digits and more.
    static func padded(_ instant: Instant) -> String {
        let text = String(instant.milliseconds)
        return String(repeating: "0", count: max(0, 14 - text.utf8.count)) + text
    }

    /// The error for a backup that is not there.
    static func notFound(_ arn: String) -> AWSError {
        DynamoDBError.backupNotFoundException("Backup not found: \(arn)")
    }
}
