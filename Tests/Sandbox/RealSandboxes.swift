import Testing

/// The suites that run real sandboxes, one test after the other: some look at the whole machine for what is left behind.
@Suite("Real sandboxes", .serialized)
enum RealSandboxes {}
