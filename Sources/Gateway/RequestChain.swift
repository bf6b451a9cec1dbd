import HTTPTypes
import NIOCore
import ServiceKit
import Wire

/// The way of every request, from its first line to its last byte. `respond` and `call` are the whole of it, in order.
struct RequestChain: Sendable {
    let opener: ExchangeOpener
    let crossOrigin: CrossOriginPolicy
    /// Who decides on web pages in place of `crossOrigin`, by the names that services' requests are signed for.
    let origins: [String: any CrossOriginRules]
    let resolver: ServiceResolver
    let admin: AdminRoutes
    let operations: OperationFinder
    let authenticator: Authenticator
    let authorizer: any Authorizer
    let sites: SiteCaller
    let errors: ErrorRenderer
    let finisher: ExchangeFinisher

    /// Answers a request. Connections have checked the limits of its head before.
    func respond(to request: WireRequest, from peer: Peer) async -> WireResponse {
        var exchange = opener.open(request, from: peer)
        var response: WireResponse
        do {
            response = try await answer(&exchange)
        } catch {
            response = errors.render(error, exchange)
        }
        if let rules = exchange.crossOriginRules, exchange.request.headers[.origin] != nil {
            for field in await rules.fields(for: exchange.request)
            where response.headers[field.name] == nil { response.headers.append(field) }
        }
        finisher.finish(&response, exchange)
        return response
    }

    /// What is addressed?
    private func answer(_ exchange: inout Exchange) async throws -> WireResponse {
        var destination = resolver.destination(of: exchange.request, to: exchange.host)
        if case .form = destination {
            destination = try await destinationOfForm(&exchange)
        }
        switch destination {
        case .site(let address):
            exchange.isHosted = true
            if address.kind == .bucketForm { speakOfBuckets(&exchange) }
            return try await sites.call(address, &exchange)
        case .admin:
            try crossOrigin.admit(exchange.request)
            return try await admin.respond(&exchange)
        case .api(let endpoint):
            if let preflight = try await preflight(endpoint, &exchange) { return preflight }
            return try await call(endpoint, &exchange)
        case .unserved(let service):
            if let preflight = try crossOrigin.preflight(exchange.request) { return preflight }
            throw unserved(service, &exchange)
        case .form, .nothing:
            if let preflight = try crossOrigin.preflight(exchange.request) { return preflight }
            throw AWSError(
                "UnknownEndpoint",
                "Nothing of Apus is addressed by \(exchange.request.method) \(exchange.request.path).",
                status: 404)
        }
    }

    /// The answer to a browser that asks whether a page may call; `nil` where none asks.
    private func preflight(
        _ endpoint: Endpoint, _ exchange: inout Exchange
    ) async throws -> WireResponse? {
        guard let service = endpoint.services.first, let rules = origins[service.signingName] else {
            return try crossOrigin.preflight(exchange.request)
        }
        exchange.request.hostPath = endpoint.hostPath
        exchange.crossOriginRules = rules
        guard exchange.request.method == .options else { return nil }
        exchange.api = Exchange.API(
            service: service.schema(), wireProtocol: .spoken(by: exchange.request, to: service))
        return try await rules.preflight(exchange.request)
    }

    /// Lets errors be worded, and web pages be judged, as S3 does.
    private func speakOfBuckets(_ exchange: inout Exchange) {
        guard let service = resolver.services.services(signingName: "s3").first else { return }
        exchange.api = Exchange.API(
            service: service.schema(), wireProtocol: .spoken(by: exchange.request, to: service))
        exchange.crossOriginRules = origins[service.signingName]
    }

    /// An operation of an AWS API.
    private func call(_ endpoint: Endpoint, _ exchange: inout Exchange) async throws -> WireResponse
    {
        exchange.request.hostPath = endpoint.hostPath
        let (schema, operation) = try await operation(endpoint, &exchange)
        guard let api = exchange.api else { preconditionFailure("the operation has an API") }
        try await BodyReceiver.receive(
            &exchange.request, for: schema, of: api.service, limit: operation.requestLimitBytes)
        let identity = try await authenticator.authenticate(
            &exchange.request, in: api.dialect,
            admitsAnonymous: schema.isUnsigned || api.dialect.admitsAnonymous)
        exchange.account = identity.account
        let context = exchange.context(of: identity, region: endpoint.region)
        try ContentCoding.open(
            &exchange.request, for: schema, of: api.service, upTo: operation.requestLimitBytes)
        let input = try operation.decode(exchange.request, schema, api.service, api.codec)
        try await authorizer.authorize(operation.access(input, context), in: context)
        let output = try await operation.handle(input, context)
        return api.codec.encode(output, of: schema, in: api.service, requestID: exchange.requestID)
    }

    /// The operation that is named; a form names it in its body.
    private func operation(
        _ endpoint: Endpoint, _ exchange: inout Exchange
    ) async throws -> (OperationSchema, ServedOperation) {
        if exchange.request.hasForm, let service = endpoint.services.first(where: \.takesForms) {
            exchange.api = Exchange.API(
                service: service.schema(), wireProtocol: .spoken(by: exchange.request, to: service))
            try await BodyReceiver.collect(
                &exchange.request, upTo: BodyReceiver.formLimit, for: "a form")
            // The signature covers what was sent, which is put back.
            let sent = exchange.request
            defer { exchange.request = sent }
            try ContentCoding.open(
                &exchange.request, upTo: BodyReceiver.formLimit, for: "a form")
            return try operations.find(endpoint, &exchange)
        }
        return try operations.find(endpoint, &exchange)
    }

    private func destinationOfForm(_ exchange: inout Exchange) async throws -> Destination {
        try await BodyReceiver.collect(
            &exchange.request, upTo: BodyReceiver.formLimit, for: "a form")
        var form = exchange.request
        try ContentCoding.open(&form, upTo: BodyReceiver.formLimit, for: "a form")
        guard case .bytes(let bytes) = form.body else { return .nothing }
        return resolver.destination(ofForm: String(buffer: bytes))
    }

    /// The error that a service is not served, in a protocol that its clients probably understand.
    private func unserved(_ name: String, _ exchange: inout Exchange) -> AWSError {
        let wireProtocol = WireProtocol.guessed(from: exchange.request, service: name)
        exchange.api = Exchange.API(
            service: .unserved(name, speaking: wireProtocol), wireProtocol: wireProtocol)
        return AWSError(
            "NotImplemented", "The service \(name) is not served by Apus.", status: 501)
    }
}
