import Dispatch
import Logging
import NIOCore
import Platform
import Sandbox

/// What every environment of a host shares.
struct SandboxResources: Sendable {
    let launcher: SandboxLauncher
    let groups: ControlGroups
    let fileSystem: RootFileSystem
    let clock: any Clock
    let randomness: any Randomness
    let logSink: any FunctionLogSink
    let logger: Logger
    /// Reads control sockets and function output.
    let queue: DispatchQueue
    /// Apus's own port on the host's loopback.
    let endpointPort: Int

    /// The part of a sandbox that is the same for all functions of a runtime.
    func specification(for runtime: RuntimeProgram, endpointPort: Int?) -> SandboxSpecification {
        var specification = SandboxSpecification()
        specification.listen(port: RuntimeVariables.runtimeAPIPort)
        if let endpointPort { specification.listen(port: endpointPort) }
        specification.announce()
        specification.append(fileSystem.specification(for: runtime))
        return specification
    }
}
