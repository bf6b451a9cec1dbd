import CLI
import Gateway
import Glibc
import ServiceLifecycle

/// Tells the person who started Apus where it is, once it listens.
struct Readiness: Service, CustomStringConvertible {
    let description = "readiness"
    private let gateway: Gateway
    private let configuration: Configuration

    init(_ gateway: Gateway, _ configuration: Configuration) {
        self.gateway = gateway
        self.configuration = configuration
    }

    func run() async throws {
        let port = try await gateway.boundPort
        let scheme = configuration.tls == nil ? "http" : "https"
        print("Apus is ready at \(scheme)://\(configuration.host):\(port)")
        fflush(nil)
        try? await gracefulShutdown()
    }
}
