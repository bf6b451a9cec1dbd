import DynamoDBModel
import Storage

extension ReadTransaction {
    /// A table's tags, in the order of their keys.
    func tags(of table: Int64) throws -> [Tag] {
        try query(
            "SELECT tag_key, tag_value FROM tags WHERE table_id = ? ORDER BY tag_key", table
        ).map { Tag(key: $0.string(0), value: $0.string(1)) }
    }
}

extension WriteTransaction {
    func setTags(_ tags: [Tag], of table: Int64) throws {
        for tag in tags {
            try execute(
                "INSERT INTO tags (table_id, tag_key, tag_value) VALUES (?, ?, ?) "
                    + "ON CONFLICT (table_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                table, tag.key, tag.value)
        }
    }

    func removeTags(_ keys: [String], of table: Int64) throws {
        for key in keys {
            try execute("DELETE FROM tags WHERE table_id = ? AND tag_key = ?", table, key)
        }
    }
}
