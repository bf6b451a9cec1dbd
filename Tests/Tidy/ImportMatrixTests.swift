import Testing

@Suite("Who may import whom")
struct ImportMatrixTests {
    private static let services: Set<String> = Set(
        SourceTree.paths(below: "Sources/Services").compactMap { path in
            let parts = path.split(separator: "/")
            return parts.count == 3 ? String(parts[2]) : nil
        })
    private static let ours: Set<String> = Set([
        "Platform", "Wire", "Archive", "Storage", "StorageSQLite", "StoragePostgres", "Blobs",
        "Jobs", "ServiceKit", "Authorization", "Sandbox", "SandboxLinux", "Gateway", "CLI",
        "CSandbox",
        "CLibPQ", "CZlib", "DynamoDBValues", "EventPatterns",
    ]).union(services).union(services.map { "\($0)Model" })

    /// What a folder of Sources may import of ours.
    private static let allowed: [String: Set<String>] = [
        "Platform": [],
        "Wire": ["Platform"],
        "Archive": ["CZlib"],
        "DynamoDBValues": ["Platform", "Wire"],
        "EventPatterns": ["Wire"],
        "Storage": ["Platform"],
        "StorageSQLite": ["Platform", "Storage"],
        "StoragePostgres": ["CLibPQ", "Platform", "Storage"],
        "Blobs": ["Platform"],
        "Jobs": ["Platform", "Storage"],
        "ServiceKit": ["Platform", "Wire"],
        "Authorization": ["Platform", "ServiceKit", "Wire"],
        "Sandbox": ["Platform"],
        "SandboxLinux": ["CSandbox", "Platform", "Sandbox"],
        "Gateway": ["Archive", "Authorization", "Platform", "ServiceKit", "Wire"],
        "CLI": ["Archive", "Platform", "Wire"],
    ]
    private static let allowedToServices: Set<String> = [
        "Platform", "Wire", "Storage", "ServiceKit", "Jobs",
    ]
    /// What single services may import beside.
    private static let allowedToService: [String: Set<String>] = [
        "DynamoDB": ["DynamoDBValues"],
        // Simulations are decided by the engine that decides requests.
        "IAM": ["Authorization"],
        "Lambda": ["Sandbox", "Archive", "Blobs", "EventPatterns"],
        "S3": ["Blobs"],
    ]

    @Test("every import is one that the design allows")
    func imports() {
        for file in SourceTree.files(in: "Sources") {
            let parts = file.path.split(separator: "/").map(String.init)
            guard parts[1] != "apus" else { continue }
            let allowed =
                parts[1] == "Services"
                ? Self.allowedToServices.union(Self.services.map { "\($0)Model" })
                    .union(Self.allowedToService[parts[2]] ?? [])
                : Self.allowed[parts[1]] ?? []
            for module in Self.imports(of: file)
            where Self.ours.contains(module) && !allowed.contains(module) {
                Issue.record("\(file.path) may not import \(module)")
            }
        }
    }

    private static func imports(of file: SourceFile) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 2, words.count > index + 1
            else { return nil }
            return String(words[index + 1].split(separator: ".")[0])
        }
    }
}
