/// An action of a policy, such as `s3:Get*`. Case does not matter.
struct ActionPattern: Sendable {
    private let service: WildcardPattern
    private let name: WildcardPattern

    /// Reads an action; `nil` where it names no service and is not `*`.
    init?(_ text: String) {
        let lowercase = text.lowercased()
        if lowercase == "*" {
            service = WildcardPattern("*")
            name = service
            return
        }
        let parts = lowercase.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        service = WildcardPattern(parts[0])
        name = WildcardPattern(parts[1])
    }

    func matches(_ action: ActionName) -> Bool {
        service.matches(action.service) && name.matches(action.name)
    }
}

/// The action of a request, in lower case.
struct ActionName: Sendable {
    let service: [UInt8]
    let name: [UInt8]

    init(_ text: String) {
        let bytes = Array(text.lowercased().utf8)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        service = Array(bytes[..<colon])
        name = Array(bytes[colon...].dropFirst())
    }
}
