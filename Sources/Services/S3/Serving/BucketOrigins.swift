import HTTPTypes
import S3Model
import ServiceKit
import Wire

/// Answers browsers that ask whether a page may use a bucket, and lets pages read what they may.
struct BucketOrigins: CrossOriginRules {
    let store: S3Store

    func preflight(_ request: WireRequest) async throws -> WireResponse {
        guard let origin = request.headers[.origin] else {
            throw AWSError(
                "BadRequest", "Insufficient information. Origin request header needed.", status: 400
            )
        }
        guard let method = request.headers[.accessControlRequestMethod] else {
            throw AWSError(
                "BadRequest", "Invalid Access-Control-Request-Method: null", status: 400)
        }
        let headers = (request.headers[.accessControlRequestHeaders] ?? "").split(separator: ",")
            .map { String($0.filter { $0 != " " }) }
        guard let configuration = try await configuration(for: request) else {
            throw Self.forbidden("CORSResponse: CORS is not enabled for this bucket.", request)
        }
        guard
            let rule = CORSRules.rule(
                of: configuration, origin: origin, method: method, headers: headers)
        else {
            throw Self.forbidden(
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
                    + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
                request)
        }
        return WireResponse(
            headers: CORSRules.fields(of: rule, origin: origin, preflight: headers))
    }

    func fields(for request: WireRequest) async -> HTTPFields {
        guard let origin = request.headers[.origin],
            let configuration = try? await configuration(for: request),
            let rule = CORSRules.rule(
                of: configuration, origin: origin, method: request.method.rawValue, headers: [])
        else { return [:] }
        return CORSRules.fields(of: rule, origin: origin, preflight: nil)
    }

    private func configuration(for request: WireRequest) async throws -> CORSConfiguration? {
        let name = request.resourcePath.parts(at: "/", maxSplits: 2).dropFirst().first ?? ""
        guard let name = PercentEncoding.decode(name), !name.isEmpty else { return nil }
        return try await store.setting(.cors, of: try await store.bucket(name))
    }

    private static func forbidden(_ message: String, _ request: WireRequest) -> AWSError {
        let parts = request.resourcePath.parts(at: "/", maxSplits: 2)
        let isObject = parts.count == 3 && !parts[2].isEmpty
        return AWSError(
            "AccessForbidden", message, status: 403,
            fields: [
                "Method": .string(request.headers[.accessControlRequestMethod] ?? ""),
                "ResourceType": .string(isObject ? "OBJECT" : "BUCKET"),
            ])
    }
}
