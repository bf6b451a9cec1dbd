import Sandbox
import SandboxKit
import SandboxLinux
import Testing

/// How a sandbox comes to be: the walls are the same.
enum Setup: String, CaseIterable, Sendable, CustomStringConvertible {
    case launchedForTheEvent = "launched for the event"
    case waited = "waited for its function"
    case withoutControlGroups = "without control groups"

    static let all = Array(allCases)

    var description: String { rawValue }

    /// A host that makes its sandboxes so.
    func withHost(_ body: (TestHost) async throws -> Void) async throws {
        try await SandboxKit.withHost {
            if self == .waited { $0.warmMiB = SandboxLimits.warmMiB }
            if self == .withoutControlGroups { $0.usesControlGroups = false }
        } _: { test in
            if self == .waited {
                test.host.expect(runtime: "python3.11")
                try await waitUntil { test.host.waitingCount > 1 }
            }
            try await body(test)
        }
    }
}
