import DynamoDBModel
import Platform
import Storage
import Wire

extension WriteTransaction {
    /// Opens a stream of a table and says so in its description.
    func openStream(
        _ viewType: String, of reference: TableReference, at now: Instant,
        _ description: inout TableDescription
    ) throws -> TableSettings.Stream {
        let id = try nextID()
        let label = StreamLabel.text(now)
        let keys = (description.keySchema ?? []).map { element -> Document in
            ["name": .string(element.attributeName), "type": .string(element.keyType)]
        }
        try execute(
            "INSERT INTO streams (id, account, region, table_name, label, view_type, key_schema, "
                + "created, next_sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
            id, reference.scope.account, reference.scope.region, reference.name, label, viewType,
            Document.array(keys).jsonText, now)
        description.streamSpecification = StreamSpecification(
            streamEnabled: true, streamViewType: viewType)
        description.latestStreamLabel = label
        description.latestStreamArn = "\(reference.arn)/stream/\(label)"
        return TableSettings.Stream(id: id, viewType: viewType)
    }

    /// Closes a stream: its records can be read until they are 24 hours old.
    func closeStream(_ id: Int64, at now: Instant) throws {
        try execute("UPDATE streams SET closed = ? WHERE id = ?", now, id)
    }
}

/// The label of a stream, which is the time at which it was opened: `2026-01-31T23:59:59.042`.
enum StreamLabel {
    static func text(_ instant: Instant) -> String {
        String(instant.iso8601Milliseconds.dropLast())
    }
}
