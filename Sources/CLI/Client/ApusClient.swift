import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import Platform
import Wire

/// Speaks to an Apus over HTTP, signed as the SDKs sign.
struct ApusClient {
    /// The methods that the commands need.
    enum Method: String {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
    }

    /// A function may take 15 minutes to answer.
    private static let timeout = TimeAmount.minutes(16)
    /// The bytes of an answer: a function's six megabytes, and room.
    private static let answerLimit = 32 << 20

    /// Says at once when nothing listens, instead of trying again.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5)))
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    let settings: ClientSettings
    // The machine's time: signatures follow no virtual clock.
    private let clock = SystemClock()

    init(_ settings: ClientSettings) {
        self.settings = settings
    }

    /// Asks one of Apus's own endpoints, such as `/_apus/health`.
    ///
    /// - Throws: `CommandFailure`, `ServiceFailure`.
    func admin(_ method: Method, _ path: String, _ input: Document? = nil) async throws -> Document
    {
        try await document(send(method, path, body: input?.json() ?? []))
    }

    /// Asks one of Apus's own endpoints what it tells the root alone.
    ///
    /// - Throws: `CommandFailure`, `ServiceFailure`.
    func confidential(_ path: String, _ input: Document) async throws -> Document {
        try await document(send(.post, path, body: input.json(), service: "apus"))
    }

    /// Calls an operation of Lambda.
    ///
    /// - Parameter path: percent-encoded.
    /// - Throws: `CommandFailure`, `ServiceFailure`.
    func lambda(
        _ method: Method, _ path: String, query: [(String, String)] = [], _ input: Document? = nil
    ) async throws -> Document {
        try await document(
            send(
                method, path, query: query, headers: [("content-type", "application/json")],
                body: input?.json() ?? [], service: "lambda"))
    }

    /// Calls an operation of CloudWatch Logs.
    ///
    /// - Throws: `CommandFailure`, `ServiceFailure`.
    func logs(_ operation: String, _ input: Document) async throws -> Document {
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "Logs_20140328.\(operation)"),
        ]
        return try await document(
            send(.post, "/", headers: headers, body: input.json(), service: "logs"))
    }

    /// The account that the client's key belongs to.
    ///
    /// - Throws: `CommandFailure`, `ServiceFailure`.
    func account() async throws -> String {
        let answer = try await send(
            .post, "/", headers: [("content-type", "application/x-www-form-urlencoded")],
            body: Array("Action=GetCallerIdentity&Version=2011-06-15".utf8), service: "sts")
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.isSuccess, let start = text.firstRange(of: "<Account>"),
            let end = text.firstRange(of: "</Account>"), start.upperBound <= end.lowerBound
        else { throw ServiceFailure(answer) }
        return String(text[start.upperBound..<end.lowerBound])
    }

    /// Sends a request, signed where it is for a service.
    ///
    /// - Throws: `CommandFailure` where nothing answers.
    func send(
        _ method: Method, _ path: String, query: [(String, String)] = [],
        headers: [(String, String)] = [], body: [UInt8] = [], service: String? = nil
    ) async throws -> HTTPAnswer {
        let suffix = query.isEmpty ? "" : "?" + RequestSigner.canonicalQuery(query)
        var request = HTTPClientRequest(url: "\(settings.endpoint)\(path)\(suffix)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        request.headers = HTTPHeaders(headers)
        if let service {
            let signer = RequestSigner(
                accessKeyID: settings.accessKeyID, secretAccessKey: settings.secretAccessKey,
                region: settings.region, service: service)
            let signed = signer.headers(
                method: method.rawValue, path: path, query: query,
                authority: settings.endpoint.authority, body: body, at: clock.now)
            request.headers.add(contentsOf: signed)
        } else {
            request.headers.add(name: "host", value: settings.endpoint.authority)
        }
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        return try await execute(request)
    }

    private func execute(_ request: HTTPClientRequest) async throws -> HTTPAnswer {
        do {
            let response = try await Self.http.execute(request, timeout: Self.timeout)
            let body = try await response.body.collect(upTo: Self.answerLimit)
            return HTTPAnswer(
                status: Int(response.status.code), headers: response.headers,
                body: Array(buffer: body))
        } catch let error as HTTPClientError {
            throw CommandFailure("\(settings.endpoint) did not answer: \(error.shortDescription).")
        } catch let error as IOError where [ECONNRESET, EPIPE].contains(error.errnoCode) {
            throw CommandFailure("\(settings.endpoint) ended the connection.")
        } catch {
            throw CommandFailure(
                """
                Nothing answers at \(settings.endpoint). Start Apus with 'apus start', or say where it is with \
                --endpoint or APUS_ENDPOINT.
                """)
        }
    }

    private func document(_ answer: HTTPAnswer) throws -> Document {
        guard answer.isSuccess else { throw ServiceFailure(answer) }
        return try answer.document()
    }
}
