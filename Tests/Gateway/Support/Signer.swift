import Crypto
import HTTPTypes
import NIOCore
import Platform
import Wire

@testable import Gateway

/// Signs requests as a client does. The published vectors show that what it shares with the gateway is right.
struct Signer {
    var key = "test"
    var secret = "test"
    var service = "notes"
    var region = "eu-west-1"
    var time: Instant
    var encodesPathOnce = false

    /// A signed request of the JSON protocol.
    func json(_ action: String, _ body: String, configure: (inout WireRequest) -> Void = { _ in })
        -> WireRequest
    {
        var request = WireRequest(
            method: .post, path: "/",
            headers: [
                .contentType: "application/x-amz-json-1.1", .amzTarget: "Notes_20260101.\(action)",
                .hostName: "localhost:4566",
            ],
            body: Body(text: body))
        configure(&request)
        return signed(request)
    }

    /// `request` with an `Authorization` header that covers `host`, the date and whatever else begins with `x-amz-`.
    func signed(_ request: WireRequest, payloadHash: String? = nil) -> WireRequest {
        var request = request
        request.headers[.amzDate] = time.iso8601Basic
        if let payloadHash { request.headers[.amzContentSHA256] = payloadHash }
        let names = signedNames(request)
        let signature = signature(
            of: request, names, payloadHash: payloadHash ?? Self.hash(of: request.body))
        request.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(key)/\(scope), SignedHeaders=\(names.joined(separator: ";")), "
            + "Signature=\(signature)"
        return request
    }

    /// `request` as a presigned URL has it.
    func presigned(_ request: WireRequest, expires: String = "900", payloadHash: String)
        -> WireRequest
    {
        var request = request
        let credential = "\(key)/\(scope)".split(separator: "/").joined(separator: "%2F")
        request.query +=
            (request.query.isEmpty ? "" : "&")
            + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\(credential)&X-Amz-Date=\(time.iso8601Basic)"
            + "&X-Amz-Expires=\(expires)&X-Amz-SignedHeaders=host"
        request.query +=
            "&X-Amz-Signature=\(signature(of: request, ["host"], payloadHash: payloadHash))"
        return request
    }

    /// The chain that signs the chunks of a signed request's body.
    func chain(of request: WireRequest) -> ChunkSignatureChain {
        let seed = String((request.headers[.authorization] ?? "").suffix(64))
        return ChunkSignatureChain(
            key: SigningKey(secret: secret, scope: scope), scope: scope,
            timestamp: time.iso8601Basic,
            seed: seed, accessKeyID: key)
    }

    var scope: CredentialScope {
        CredentialScope(date: String(time.iso8601Basic.prefix(8)), region: region, service: service)
    }

    private func signedNames(_ request: WireRequest) -> [String] {
        let names = request.headers.map(\.name.canonicalName)
        return Set(names.filter { $0 == "host" || $0.hasPrefix("x-amz-") }).sorted()
    }

    private func signature(of request: WireRequest, _ names: [String], payloadHash: String)
        -> String
    {
        let canonical = CanonicalRequest(
            request, signedHeaders: names, payloadHash: payloadHash,
            encodesPathOnce: encodesPathOnce)
        let digest = Hexadecimal.string(SHA256.hash(data: canonical.bytes))
        let text = "AWS4-HMAC-SHA256\n\(time.iso8601Basic)\n\(scope)\n\(digest)"
        return SigningKey(secret: secret, scope: scope).sign(text)
    }

    static func hash(of body: Body) -> String {
        guard case .bytes(let bytes) = body else { return "UNSIGNED-PAYLOAD" }
        return Hexadecimal.string(SHA256.hash(data: Array(buffer: bytes)))
    }
}
