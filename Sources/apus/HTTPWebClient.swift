import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ServiceKit

/// Fetches documents over HTTP for services.
struct HTTPWebClient: WebClient {
    private static let timeout = TimeAmount.seconds(5)

    /// Why there is no document.
    struct Failure: Error {
        let status: UInt
    }

    func get(_ url: String, limitBytes: Int) async throws -> [UInt8] {
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: url), timeout: Self.timeout)
        guard response.status == .ok else { throw Failure(status: response.status.code) }
        return Array(buffer: try await response.body.collect(upTo: limitBytes))
    }
}
