/// A `Host` header taken apart.
struct HostName: Sendable, Equatable {
    /// In lower case, without the port.
    var name: String
    var port: Int?
    /// The labels before the domain that Apus or AWS has.
    var labels: [String]
    /// The domain under which Apus has names, where the host is of one.
    var baseDomain: String?
    /// The host is of a domain of Apus or AWS: its labels have a meaning.
    var isKnown: Bool

    /// The domains of AWS's own endpoints, as clients send them that are led here by a proxy or a hosts file.
    private static let amazonDomains = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "on.aws"]

    /// - Parameter baseDomains: The domains that Apus has, the longest match counts.
    init(_ host: String, baseDomains: [String]) {
        (name, port) = Self.split(host)
        labels = []
        isKnown = false
        baseDomain = Self.longest(of: baseDomains, in: name)
        guard let longest = baseDomain ?? Self.longest(of: Self.amazonDomains, in: name) else {
            return
        }
        isKnown = true
        labels = name.utf8.dropLast(longest.utf8.count).split(separator: UInt8(ascii: "."))
            .map { String(Substring($0)) }
    }

    /// The longest of `domains` that `name` is of.
    private static func longest(of domains: [String], in name: String) -> String? {
        var longest: String?
        for domain in domains where domain.utf8.count > longest?.utf8.count ?? 0 {
            guard name.utf8.suffix(domain.utf8.count).elementsEqual(domain.utf8) else { continue }
            let dot = name.utf8.dropLast(domain.utf8.count).last
            if dot == nil || dot == UInt8(ascii: ".") { longest = domain }
        }
        return longest
    }

    private static func split(_ host: String) -> (String, Int?) {
        let host = host.lowercased()
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let rest = host[host.index(after: end)...]
            return (String(host[...end]), rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil)
        }
        guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")) else { return (host, nil) }
        return (String(host[..<colon]), Int(host[host.index(after: colon)...]))
    }

    /// Whether a label is the name of a region: `us-east-1`, `us-gov-west-1`.
    static func isRegion(_ label: String) -> Bool {
        let parts = label.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].utf8.count == 2, let number = parts.last else {
            return false
        }
        return (1...2).contains(number.utf8.count) && number.allSatisfy(\.isNumber)
            && parts.dropLast().allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isLetter) }
    }
}
