import ServiceKit

/// Where a request goes within an API: the stage, and the path within it.
struct StagePlace: Sendable {
    let stage: ServedAPI.Stage
    /// The path within the stage, as it was sent.
    let path: String
    /// The path that events tell: with the stage, unless that is `$default`.
    let rawPath: String

    /// Finds the stage that a path begins with, or `$default`; `nil` where the API has neither.
    init?(_ address: HostedAddress, in api: ServedAPI) {
        let sent = address.path.hasPrefix("/") ? address.path : "/\(address.path)"
        if let name = address.stage {
            guard let stage = api.stages[name] else { return nil }
            self.init(stage: stage, path: sent, rawPath: Self.raw(sent, of: stage))
            return
        }
        let first = sent.dropFirst().prefix { $0 != "/" }
        if let stage = api.stages[String(first)], stage.name != "$default" {
            let rest = sent.dropFirst(1 + first.count)
            let path = rest.isEmpty ? "/" : String(rest)
            self.init(stage: stage, path: path, rawPath: Self.raw(path, of: stage))
        } else if let stage = api.stages["$default"] {
            self.init(stage: stage, path: sent, rawPath: sent)
        } else {
            return nil
        }
    }

    private init(stage: ServedAPI.Stage, path: String, rawPath: String) {
        self.stage = stage
        self.path = path
        self.rawPath = rawPath
    }

    private static func raw(_ path: String, of stage: ServedAPI.Stage) -> String {
        stage.name == "$default" ? path : "/\(stage.name)\(path)"
    }
}
