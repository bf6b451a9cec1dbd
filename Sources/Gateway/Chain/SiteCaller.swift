import HTTPTypes
import ServiceKit
import Wire

/// Hands requests for hosted things to the service that hosts them.
struct SiteCaller: Sendable {
    let sites: [HostedKind: any HostedSite]
    let authenticator: Authenticator
    let limits: GatewayLimits

    /// Calls the site as whoever signed the request, or as nobody: a site's clients may have an `Authorization` header of
    /// their own, which is none of ours.
    ///
    /// - Throws: `AWSError`.
    func call(_ address: HostedAddress, _ exchange: inout Exchange) async throws -> WireResponse {
        guard let site = sites[address.kind] else {
            preconditionFailure("the resolver knows kinds that nobody hosts")
        }
        var identity = Identity.anonymous
        if address.kind == .bucketForm {
            let form = try await MultipartForm.read(
                exchange.request.body, contentType: exchange.request.headers[.contentType] ?? "",
                upTo: limits.formFieldBytes)
            exchange.request.form = form
            identity = try await authenticator.authenticate(form)
        }
        if exchange.request.signedService == address.kind.signingName {
            if exchange.request.headers[.amzContentSHA256] == nil {
                try await BodyReceiver.collect(
                    &exchange.request, upTo: limits.signedSiteBodyBytes, for: "signed requests")
            }
            identity = try await authenticator.authenticate(
                &exchange.request, in: .restJSON, admitsAnonymous: true)
        }
        exchange.account = identity.account
        let context = exchange.context(of: identity, region: address.region)
        return try await site.respond(to: exchange.request, at: address, in: context)
    }
}

extension HostedKind {
    /// The service that requests to hosted things of this kind are signed for.
    fileprivate var signingName: String { self == .functionURL ? "lambda" : label }
}
