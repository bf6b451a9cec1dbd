import SSMModel
import Wire

/// What `DescribeParameters` and `GetParametersByPath` look for.
struct ParameterFilter: Sendable {
    enum Option: String, Sendable {
        case equals = "Equals"
        case beginsWith = "BeginsWith"
        case contains = "Contains"
        case recursive = "Recursive"
        case oneLevel = "OneLevel"
    }

    let key: String
    let option: Option
    let values: [String]

    /// What a filter is compared with, beside the version itself.
    struct Belongings: Sendable {
        var tags: [String: String] = [:]
        var labels: [String] = []
    }

    /// Whether the parameter's tags have to be known.
    var wantsTags: Bool { key.hasPrefix("tag:") }
    var wantsLabels: Bool { key == "Label" }

    func matches(_ version: ParameterVersion, _ belongings: Belongings) -> Bool {
        switch key {
        case "Name":
            let path = version.place.path
            if option == .contains { return values.contains { path.contains($0) } }
            return compare(path, with: values.map { $0.hasPrefix("/") ? $0 : "/\($0)" })
        case "Path": return values.contains { isUnder($0, version.place.path) }
        case "Type": return compare(version.type, with: values)
        case "KeyId": return version.keyID.map { compare($0, with: values) } ?? false
        case "Tier": return compare(version.tier, with: values)
        case "DataType": return compare(version.dataType, with: values)
        case "Label": return belongings.labels.contains { values.contains($0) }
        default:
            guard let tag = belongings.tags[String(key.dropFirst("tag:".count))] else {
                return false
            }
            return values.isEmpty || compare(tag, with: values)
        }
    }

    private func compare(_ text: String, with values: [String]) -> Bool {
        values.contains { option == .beginsWith ? text.hasPrefix($0) : text == $0 }
    }

    private func isUnder(_ parent: String, _ path: String) -> Bool {
        let parent = parent.hasSuffix("/") ? parent : "\(parent)/"
        guard path.hasPrefix(parent) else { return false }
        return option == .recursive || !path.dropFirst(parent.count).contains("/")
    }
}

extension ParameterFilter {
    /// Reads the filters of a request.
    ///
    /// - Parameter isByPath: whether a path is given beside them.
    /// - Throws: `InvalidFilterKey`, `InvalidFilterOption`, `InvalidFilterValue`, `ValidationException`.
    static func read(_ filters: [ParameterStringFilter]?, isByPath: Bool) throws
        -> [ParameterFilter]
    {
        var seen: Set<String> = []
        return try (filters ?? []).map { filter in
            try check(key: filter.key, isByPath: isByPath)
            if !filter.key.hasPrefix("tag:"), filter.values?.isEmpty ?? true {
                throw SSMError.invalidFilterValue(
                    "The following filter values are missing : null for filter key "
                        + "\(filter.key).")
            }
            guard seen.insert(filter.key).inserted else {
                throw SSMError.invalidFilterKey(
                    "The following filter is duplicated in the request: \(filter.key). A request "
                        + "can contain only one occurrence of a specific filter.")
            }
            let read = ParameterFilter(
                key: filter.key, option: try option(of: filter), values: filter.values ?? [])
            try read.checkValues()
            return read
        }
    }

    private static func check(key: String, isByPath: Bool) throws {
        let refused: Set<String> = isByPath ? ["Name", "Path", "Tier"] : ["Label"]
        guard refused.contains(key) || isByPath && key.hasPrefix("tag:") else { return }
        let valid = isByPath ? "Type, KeyId" : "Path, Name, Type, KeyId, Tier"
        throw SSMError.invalidFilterKey(
            "The following filter key is not valid: \(key). Valid filter keys include: [\(valid)].")
    }

    private static func option(of filter: ParameterStringFilter) throws -> Option {
        let allowed: [Option]
        switch filter.key {
        case "Path": allowed = [.recursive, .oneLevel]
        case "Name": allowed = [.beginsWith, .equals, .contains]
        default: allowed = [.beginsWith, .equals]
        }
        let name = filter.option ?? (filter.key == "Path" ? "OneLevel" : "Equals")
        guard let option = Option(rawValue: name), allowed.contains(option) else {
            let names = allowed.filter { $0 != .contains }.map(\.rawValue)
            throw SSMError.invalidFilterOption(
                "The following filter option is not valid: \(name). Valid options include: "
                    + "[\(names.joined(separator: ", "))].")
        }
        return option
    }

    private func checkValues() throws {
        let valid: [String: [String]] = [
            "Tier": ["Standard", "Advanced", "Intelligent-Tiering"],
            "Type": ["String", "StringList", "SecureString"],
        ]
        for value in values {
            if let valid = valid[key], option == .equals, !valid.contains(value) {
                throw SSMError.invalidFilterOption(
                    "The following filter value is not valid: \(value). Valid values include: "
                        + "[\(valid.joined(separator: ", "))].")
            }
            guard key == "Path" else { continue }
            let folded = value.lowercased()
            if folded.hasPrefix("/aws") || folded.hasPrefix("/ssm") {
                throw SSMFailure.validation(
                    "Filters for common parameters can't be prefixed with \"aws\" or \"ssm\" "
                        + "(case-insensitive). When using global parameters, please specify within "
                        + "a global namespace.")
            }
            try ParameterName.check(path: value)
        }
    }

    /// Reads the filters of the older form, by which names are found by their beginning.
    static func read(_ filters: [ParametersFilter]?) -> [ParameterFilter] {
        (filters ?? []).map {
            ParameterFilter(
                key: $0.key, option: $0.key == "Name" ? .beginsWith : .equals, values: $0.values)
        }
    }
}
