import HTTPTypes
import Wire

/// Which web pages may call the AWS APIs and Apus itself from a browser.
///
/// A developer's browser reaches Apus on loopback, and so does every page that it shows. Pages of this machine may call; any
/// other page is refused, since it could otherwise act on the developer's cloud.
struct CrossOriginPolicy: Sendable {
    /// The origins that may call beside those of this machine: `https://console.example.com`, or `*` for all.
    let allowedOrigins: [String]
    let baseDomains: [String]

    private static let methods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
    /// What the SDKs for browsers send.
    private static let requestHeaders =
        "authorization, cache-control, content-length, content-md5, content-type, etag, location, "
        + "x-amz-acl, x-amz-content-sha256, x-amz-date, x-amz-request-id, x-amz-security-token, "
        + "x-amz-target, x-amz-user-agent, x-amz-version-id, x-amzn-requestid, x-requested-with, "
        + "amz-sdk-invocation-id, amz-sdk-request, smithy-protocol"
    private static let exposedHeaders = "etag, x-amz-version-id, x-amzn-requestid, x-amzn-errortype"

    /// Answers a preflight request; `nil` where `request` is none.
    ///
    /// - Throws: `AWSError` (403) where the page may not call.
    func preflight(_ request: WireRequest) throws -> WireResponse? {
        try admit(request)
        guard request.isPreflight else { return nil }
        let asked = request.headers[.accessControlRequestHeaders]
        return WireResponse(
            status: 204,
            headers: [
                .accessControlAllowMethods: Self.methods,
                .accessControlAllowHeaders: asked ?? Self.requestHeaders,
                .accessControlMaxAge: "86400",
            ])
    }

    /// - Throws: `AWSError` (403) where `request` comes from a page that may not call.
    func admit(_ request: WireRequest) throws {
        guard let origin = request.headers[.origin], !allows(origin) else { return }
        throw AWSError(
            "AccessDenied", "Pages of \(origin) may not call Apus.",
            status: 403)
    }

    /// Lets the page that sent `request` read `response`.
    func expose(_ response: inout WireResponse, to request: WireRequest) {
        guard let origin = request.headers[.origin], allows(origin),
            response.headers[.accessControlAllowOrigin] == nil
        else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = Self.exposedHeaders
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
    }

    private func allows(_ origin: String) -> Bool {
        if allowedOrigins.contains(where: { $0 == "*" || $0 == origin }) { return true }
        guard let scheme = ["http://", "https://"].first(where: origin.hasPrefix) else {
            return false
        }
        let host = HostName(String(origin.dropFirst(scheme.count)), baseDomains: baseDomains)
        return host.baseDomain != nil || ["127.0.0.1", "[::1]"].contains(host.name)
    }
}
