import Blobs
import HTTPTypes
import ServiceKit
import Wire

extension HostedKind {
    /// Where `GetFunction` lets one download a function's code.
    static let functionCode = HostedKind("lambda-code")
}

/// Serves functions' and layers' zip files under the URLs that `GetFunction` gives.
///
/// The identifier in such a URL is a secret of 128 bits, as the signature in AWS's is. It is good as long as the function
/// or layer has this code.
struct FunctionCodeSite: HostedSite {
    let functions: FunctionStore
    let layers: LayerStore
    let code: CodeStore

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        guard request.method == .get || request.method == .head,
            let blob = BlobID(address.id), let package = try await package(blob)
        else { throw AWSError("NotFound", "There is no such code.", status: 404) }
        return WireResponse(
            headers: [.contentType: "application/zip", .contentLength: "\(package.size)"],
            body: request.method == .head ? .empty : try await code.zipFile(package))
    }

    private func package(_ blob: BlobID) async throws -> CodePackage? {
        if let package = try await functions.code(blob: blob) { return package }
        return try await layers.code(blob: blob)
    }

    /// The URL of a package as a client that found Apus at `origin` reaches it.
    static func url(of package: CodePackage, in region: String, at origin: Origin) -> String {
        origin.hostedURL("\(package.blob).\(HostedKind.functionCode.label).\(region)")
    }
}
