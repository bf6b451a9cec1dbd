import HTTPTypes
import NIOCore
import Platform
import ServiceKit
import Wire

/// The endpoints of Apus itself, and the few of existing local-cloud tools that scripts ask for.
struct AdminRoutes: Sendable {
    private typealias Answer = @Sendable (Document) async throws -> Document

    private struct Route: Sendable {
        let method: HTTPRequest.Method
        let path: String
        /// Outside the development profile, only an account's root learns it.
        var isConfidential = false
        let answer: Answer
    }

    /// The bytes of a body that is sent to these endpoints.
    private static let bodyLimit = 64 * 1024

    private let routes: [Route]
    private let authenticator: Authenticator
    private let isDevelopment: Bool

    init(
        _ administration: Administration, services: OperationRouter, clock: any Clock,
        authenticator: Authenticator
    ) {
        self.authenticator = authenticator
        isDevelopment = administration.allowsClock
        let health = HealthReport(version: administration.version, services: services, clock: clock)
        let catalog = ServiceCatalog(services: services)
        let time = ClockControl(clock: clock, isAllowed: administration.allowsClock)
        routes = [
            Route(method: .get, path: "/_apus/health") { _ in health.document },
            Route(method: .get, path: "/_apus/services") { _ in catalog.document },
            Route(method: .get, path: "/_apus/clock") { _ in time.document },
            Route(method: .post, path: "/_apus/clock") { try time.move($0) },
            Route(method: .post, path: "/_apus/reset") { _ in
                try await Self.reset(administration)
            },
            Route(method: .post, path: "/_apus/iam/explain", isConfidential: true) {
                try await Self.explanation($0, administration)
            },
            Route(method: .post, path: "/_apus/iam/advise", isConfidential: true) {
                try await Self.advice($0, administration)
            },
            Route(method: .get, path: "/_localstack/health") { _ in health.localStackDocument },
            Route(method: .get, path: "/_localstack/info") { _ in health.localStackInfo },
        ]
    }

    /// Answers a request to one of the endpoints, with JSON.
    ///
    /// - Throws: `AWSError`: 404, 405 or what the endpoint throws.
    func respond(_ exchange: inout Exchange) async throws -> WireResponse {
        let (method, path) = (exchange.request.method, exchange.request.path)
        let found = routes.filter { $0.path == path }
        guard !found.isEmpty else {
            throw AWSError("NotFound", "Apus has no endpoint \(path).", status: 404)
        }
        guard let route = found.first(where: { $0.method == (method == .head ? .get : method) })
        else {
            throw AWSError("MethodNotAllowed", "\(path) does not take \(method).", status: 405)
        }
        try await BodyReceiver.collect(&exchange.request, upTo: Self.bodyLimit, for: path)
        if route.isConfidential { try await checkRoot(&exchange.request) }
        let answer = try await route.answer(Self.document(exchange.request.body))
        return WireResponse(
            headers: [.contentType: "application/json"], body: Body(answer.json()))
    }

    private func checkRoot(_ request: inout WireRequest) async throws {
        if isDevelopment { return }
        let identity = try await authenticator.authenticate(
            &request, in: .restJSON, admitsAnonymous: false)
        guard case .root = identity.principal else {
            throw AWSError(
                "AccessDeniedException", "Only the root may ask this.", status: 403)
        }
    }

    private static func explanation(
        _ input: Document, _ administration: Administration
    ) async throws -> Document {
        guard let explain = administration.explain else {
            throw AWSError(
                "NotFound", "Nothing is decided by policies here (--iam off).", status: 404)
        }
        guard let id = input["requestId"]?.stringValue else {
            throw AWSError("ValidationException", "requestId is missing.", status: 400)
        }
        guard let answer = try await explain(id) else {
            throw AWSError(
                "NotFound", "No decision on the request \(id) is remembered.", status: 404)
        }
        return answer
    }

    private static func advice(
        _ input: Document, _ administration: Administration
    ) async throws -> Document {
        guard let advise = administration.advise else {
            throw AWSError(
                "NotFound", "Nothing is decided by policies here (--iam off).", status: 404)
        }
        guard let principal = input["principal"]?.stringValue else {
            throw AWSError("ValidationException", "principal is missing.", status: 400)
        }
        return try await advise(principal)
    }

    private static func document(_ body: Body) throws -> Document {
        guard case .bytes(let bytes) = body, bytes.readableBytes > 0 else { return [:] }
        do {
            return try Document(json: Array(buffer: bytes))
        } catch {
            throw AWSError("SerializationException", "The body is not JSON.", status: 400)
        }
    }

    private static func reset(_ administration: Administration) async throws -> Document {
        guard let reset = administration.reset else {
            throw AWSError(
                "AccessDenied", "Only the development profile can be reset.", status: 403)
        }
        try await reset()
        return ["status": "reset"]
    }
}
