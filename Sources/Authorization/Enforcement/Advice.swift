package import Wire

/// The least policy that allows what somebody did.
package enum Advice {
    /// Resources of an action beyond which they are put together by what their ARNs begin with.
    private static let resourceLimit = 8

    /// A policy document that allows `usages`.
    package static func policy(for usages: [AccessLedger.Usage]) -> Document {
        var resources: [String: Set<String>] = [:]
        for usage in usages { resources[usage.action, default: []].insert(usage.resource) }
        // Actions on the same resources share a statement.
        var actions: [[String]: [String]] = [:]
        for (action, found) in resources {
            actions[gathered(found.sorted()), default: []].append(action)
        }
        let statements: [Document] = actions.sorted { $0.value.min() ?? "" < $1.value.min() ?? "" }
            .map { resources, actions in
                [
                    "Effect": "Allow", "Action": texts(actions.sorted()),
                    "Resource": texts(resources),
                ]
            }
        return ["Version": "2012-10-17", "Statement": .array(statements)]
    }

    private static func gathered(_ resources: [String]) -> [String] {
        if resources.contains("*") { return ["*"] }
        guard resources.count > resourceLimit else { return resources }
        var groups: [String: [String]] = [:]
        for resource in resources { groups[stem(of: resource), default: []].append(resource) }
        return groups.map { stem, members in members.count == 1 ? members[0] : "\(stem)*" }.sorted()
    }

    /// What stands before the last slash or colon.
    private static func stem(of resource: String) -> String {
        guard let end = resource.lastIndex(where: { $0 == "/" || $0 == ":" }) else {
            return resource
        }
        return String(resource[...end])
    }

    private static func texts(_ texts: [String]) -> Document {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }
}
