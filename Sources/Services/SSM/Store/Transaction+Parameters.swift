import SSMModel
import Storage
import Wire

extension ReadTransaction {
    private var joined: String {
        "SELECT \(ParameterVersion.columns) FROM parameters p JOIN versions v "
            + "ON v.account = p.account AND v.region = p.region AND v.path = p.path "
    }

    /// The latest version of a parameter; `nil` where there is none.
    func latest(_ place: ParameterPlace) throws -> ParameterVersion? {
        try first(
            joined
                + "AND v.version = p.version WHERE p.account = ? AND p.region = ? AND p.path = ?",
            place.account, place.region, place.path
        ).map(ParameterVersion.init)
    }

    /// A version of a parameter; `nil` where there is none.
    func version(_ version: Int, of place: ParameterPlace) throws -> ParameterVersion? {
        try first(
            joined + "WHERE p.account = ? AND p.region = ? AND p.path = ? AND v.version = ?",
            place.account, place.region, place.path, version
        ).map(ParameterVersion.init)
    }

    /// A page of the versions of a parameter, the oldest first.
    func versions(of place: ParameterPlace, after: Int, limit: Int) throws -> [ParameterVersion] {
        try query(
            joined + "WHERE p.account = ? AND p.region = ? AND p.path = ? AND v.version > ? "
                + "ORDER BY v.version LIMIT ?",
            place.account, place.region, place.path, after, limit
        ).map(ParameterVersion.init)
    }

    /// The version that a request means.
    ///
    /// - Throws: `ParameterNotFound`, `ParameterVersionNotFound`.
    func version(_ selector: ParameterSelector, named name: String) throws -> ParameterVersion {
        guard let latest = try latest(selector.place) else { throw SSMFailure.notFound(name) }
        switch selector.wanted {
        case .latest: return latest
        case .version(let number):
            guard let found = try version(number, of: selector.place) else {
                throw SSMFailure.versionNotFound(number, of: latest.name)
            }
            return found
        case .label(let label):
            let number = try first(
                "SELECT version FROM labels "
                    + "WHERE account = ? AND region = ? AND path = ? AND label = ?",
                selector.place.account, selector.place.region, selector.place.path, label)?.int(0)
            guard let number, let found = try version(number, of: selector.place) else {
                throw SSMFailure.labelNotFound(label, of: latest.name)
            }
            return found
        }
    }

    /// The latest versions of the parameters whose path is after `after` and begins with `prefix`, in order.
    func latest(
        account: String, region: String, prefix: String, after: String, limit: Int
    ) throws -> [ParameterVersion] {
        // A path is ASCII, so that nothing with the prefix comes after the prefix and DEL.
        try query(
            joined + "AND v.version = p.version WHERE p.account = ? AND p.region = ? "
                + "AND p.path > ? AND p.path >= ? AND p.path < ? ORDER BY p.path LIMIT ?",
            account, region, after, prefix, prefix + "\u{7F}", limit
        ).map(ParameterVersion.init)
    }

    /// The labels of a version, in the order in which they came.
    func labels(of place: ParameterPlace, version: Int) throws -> [String] {
        try query(
            "SELECT label FROM labels WHERE account = ? AND region = ? AND path = ? "
                + "AND version = ? ORDER BY attached, label",
            place.account, place.region, place.path, version
        ).map { $0.string(0) }
    }

    /// The tags of a parameter.
    func tags(of place: ParameterPlace) throws -> [String: String] {
        var tags: [String: String] = [:]
        try forEach(
            "SELECT tag_key, tag_value FROM tags WHERE account = ? AND region = ? AND path = ?",
            place.account, place.region, place.path
        ) { tags[$0.string(0)] = $0.string(1) }
        return tags
    }

    /// How many parameters of a tier there are.
    func count(account: String, region: String, tier: String) throws -> Int {
        try first(
            "SELECT COUNT(*) FROM parameters WHERE account = ? AND region = ? AND tier = ?",
            account, region, tier)?.int(0) ?? 0
    }
}

extension WriteTransaction {
    /// Writes a version and makes it the latest.
    func insert(_ version: ParameterVersion) throws {
        let place = version.place
        try execute(
            "INSERT INTO parameters (account, region, path, name, version, tier) "
                + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, path) "
                + "DO UPDATE SET version = excluded.version, tier = excluded.tier",
            place.account, place.region, place.path, version.name, version.version, version.tier)
        try execute(
            "INSERT INTO versions (account, region, path, version, type, tier, data_type, value, "
                + "key_id, description, allowed_pattern, policies, modified, modified_by) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            place.account, place.region, place.path, version.version, version.type, version.tier,
            version.dataType, version.value, version.keyID, version.description,
            version.allowedPattern, version.policies, version.modified, version.modifiedBy)
    }

    /// Removes the oldest version of a parameter that has as many as it may have.
    ///
    /// - Throws: `ParameterMaxVersionLimitExceeded` where that version has a label.
    func dropOldestVersion(of place: ParameterPlace, latest: Int) throws {
        guard let oldest = try versions(of: place, after: 0, limit: 1).first,
            latest - oldest.version + 1 >= SSMLimits.versions
        else { return }
        guard try labels(of: place, version: oldest.version).isEmpty else {
            throw SSMError.parameterMaxVersionLimitExceeded(
                "You attempted to create a new version of \(oldest.name) by calling the "
                    + "PutParameter API with the overwrite flag. Version \(oldest.version), the "
                    + "oldest version, can't be deleted because it has a label associated with "
                    + "it. Move the label to another version of the parameter, and try again.")
        }
        try execute(
            "DELETE FROM versions WHERE account = ? AND region = ? AND path = ? AND version = ?",
            place.account, place.region, place.path, oldest.version)
    }

    /// Removes a parameter with all that belongs to it.
    ///
    /// - Returns: whether there was one.
    func delete(_ place: ParameterPlace) throws -> Bool {
        for table in ["versions", "labels", "tags"] {
            try execute(
                "DELETE FROM \(table) WHERE account = ? AND region = ? AND path = ?",
                place.account, place.region, place.path)
        }
        return try execute(
            "DELETE FROM parameters WHERE account = ? AND region = ? AND path = ?",
            place.account, place.region, place.path) == 1
    }

    /// Adds tags, or gives those that are there other values.
    ///
    /// - Throws: `TooManyTagsError`.
    func setTags(_ tags: [Tag], of place: ParameterPlace) throws {
        for tag in tags {
            try execute(
                "INSERT INTO tags (account, region, path, tag_key, tag_value) "
                    + "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, region, path, tag_key) "
                    + "DO UPDATE SET tag_value = excluded.tag_value",
                place.account, place.region, place.path, tag.key, tag.value)
        }
        guard try self.tags(of: place).count <= SSMLimits.tags else {
            throw SSMError.tooManyTagsError(
                "The Targets parameter includes too many tags. Remove one or more tags and try "
                    + "the command again.")
        }
    }
}
