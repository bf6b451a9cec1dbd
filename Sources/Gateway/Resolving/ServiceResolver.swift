import HTTPTypes
import NIOCore
import ServiceKit
import Wire

/// Finds out what a request is addressed to: pure, by its headers, its query and its path.
///
/// What tells most counts first: the name of a hosted thing, then the signature's scope, the target header, the path of a
/// Smithy protocol, the host name, the conventions of paths, and at last the form in the body. S3 has whatever is left,
/// since a bucket may have any name.
struct ServiceResolver: Sendable {
    let services: ServiceTable
    /// The kinds of hosted things that are served.
    let kinds: [String: HostedKind]
    /// The domains that Apus has names under.
    let baseDomains: [String]

    /// The domains that existing local-cloud tools use, beside the configured one.
    static let commonDomains = ["localhost", "localhost.localstack.cloud"]

    init(
        services: [ServiceDescription], kinds: some Sequence<HostedKind>, baseDomain: String
    ) {
        self.services = ServiceTable(services)
        self.kinds = Dictionary(
            kinds.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
        self.baseDomains = [baseDomain] + Self.commonDomains
    }

    func host(of request: WireRequest) -> HostName {
        HostName(request.headers[.hostName] ?? "", baseDomains: baseDomains)
    }

    /// What `request` is addressed to, whose host is `host`.
    func destination(of request: WireRequest, to host: HostName) -> Destination {
        let path = request.path
        if path.hasPrefix("/_apus/") || path.hasPrefix("/_localstack/") { return .admin }
        if let site = site(host, path) ?? site(path) { return .site(site) }
        let region = host.labels.first(where: HostName.isRegion)
        if let name = request.signedService {
            let candidates = services.services(signingName: name)
            if name == "s3", !candidates.isEmpty { return .api(buckets(candidates, host, region)) }
            return destination(candidates, named: name, region)
        }
        if let form = bucketForm(request, host) { return .site(form) }
        if let target = request.headers[.amzTarget] {
            return destination(
                services.service(target: target).map { [$0] } ?? [],
                named: String(target.prefix { $0 != "." }), region)
        }
        if let name = smithyService(path) {
            return destination(
                services.service(target: name).map { [$0] } ?? [], named: name, region)
        }
        if host.labels.contains(where: HostName.isBucketService) {
            let candidates = services.services(signingName: "s3")
            return candidates.isEmpty
                ? .unserved(service: "s3") : .api(buckets(candidates, host, region))
        }
        if let (candidates, name) = namedService(host) {
            return destination(candidates, named: name, region)
        }
        if let region = queueRegion(path) {
            return destination(services.services(signingName: "sqs"), named: "sqs", region)
        }
        if request.query.contains("Action=") { return destination(ofForm: request.query) }
        if request.hasForm, request.method == .post { return .form }
        if let service = services.service(
            routing: request.isPreflight ? asked(by: request) : request)
        {
            return .api(Endpoint(services: [service]))
        }
        // A browser asks about the root for services that are named in headers, which it does not send yet.
        if request.isPreflight, path == "/", host.bucket == nil { return .nothing }
        let candidates = services.services(signingName: "s3")
        return candidates.isEmpty ? .nothing : .api(buckets(candidates, host, region))
    }

    /// The request that a browser asks about.
    private func asked(by preflight: WireRequest) -> WireRequest {
        var request = preflight
        let method = preflight.headers[.accessControlRequestMethod] ?? ""
        request.method = HTTPRequest.Method(method) ?? preflight.method
        return request
    }

    /// The endpoint of S3; a host name may name the bucket.
    private func buckets(
        _ services: [ServiceDescription], _ host: HostName, _ region: String?
    ) -> Endpoint {
        var endpoint = Endpoint(services: services, region: region)
        if let bucket = host.bucket { endpoint.hostPath = "/" + bucket }
        return endpoint
    }

    /// What a request is addressed to that has nothing but its form to tell.
    func destination(ofForm form: some StringProtocol) -> Destination {
        let items = QueryItems(form)
        guard let action = items["Action"], let version = items["Version"] else { return .nothing }
        let candidates = services.services(version: version, action: action)
        return candidates.isEmpty
            ? .unserved(service: action) : .api(Endpoint(services: candidates))
    }

    private func destination(
        _ candidates: [ServiceDescription], named name: String, _ region: String?
    ) -> Destination {
        candidates.isEmpty
            ? .unserved(service: name) : .api(Endpoint(services: candidates, region: region))
    }

    // MARK: - Hosted things

    /// `<id>.lambda-url.<region>.<domain>` or `<id>.execute-api.<domain>`
    private func site(_ host: HostName, _ path: String) -> HostedAddress? {
        var labels = host.labels[...]
        var region: String?
        if let last = labels.last, HostName.isRegion(last) { region = labels.removeLast() }
        guard let label = labels.popLast(), !labels.isEmpty else { return nil }
        // `s3-website-us-west-2`, as the older regions have it.
        let kind =
            kinds[label]
            ?? kinds.values.first { kind in
                guard label.hasPrefix(kind.label + "-") else { return false }
                let rest = String(label.dropFirst(kind.label.count + 1))
                guard HostName.isRegion(rest) else { return false }
                region = region ?? rest
                return true
            }
        return kind == .bucketForm
            ? nil
            : kind.map {
                HostedAddress(
                    kind: $0, id: labels.joined(separator: "."), region: region, path: path)
            }
    }

    /// `/restapis/<id>/<stage>/_user_request_/…`, `/_aws/execute-api/<id>/<stage>/…` or `/_aws/lambda-url/<id>/…`, for
    /// clients that cannot resolve names below `localhost`.
    private func site(_ path: String) -> HostedAddress? {
        guard path.hasPrefix("/restapis/") || path.hasPrefix("/_aws/") else { return nil }
        let parts = path.parts(at: "/", maxSplits: 5)
        guard parts.count >= 4 else { return nil }
        if parts[1] == "restapis", parts.count >= 5, parts[4] == "_user_request_" {
            return address(.api, id: parts[2], stage: parts[3], prefixLength: 5, of: path, parts)
        }
        guard parts[1] == "_aws", !parts[3].isEmpty else { return nil }
        switch parts[2] {
        case "execute-api":
            let stage = parts.count > 4 ? parts[4] : nil
            return address(
                .api, id: parts[3], stage: stage, prefixLength: stage == nil ? 4 : 5, of: path,
                parts)
        case "lambda-url":
            return address(
                .functionURL, id: parts[3], stage: nil, prefixLength: 4, of: path, parts)
        default: return nil
        }
    }

    private func address(
        _ kind: HostedKind, id: Substring, stage: Substring?, prefixLength: Int, of path: String,
        _ parts: [Substring]
    ) -> HostedAddress? {
        guard kinds[kind.label] != nil else { return nil }
        let prefix = parts[..<prefixLength].joined(separator: "/")
        let rest = path.dropFirst(prefix.count)
        return HostedAddress(
            kind: kind, id: String(id), path: rest.isEmpty ? "/" : String(rest),
            pathPrefix: prefix, stage: stage.map(String.init))
    }

    /// A form of a browser with a file for a bucket, `POST /<bucket>`.
    private func bucketForm(_ request: WireRequest, _ host: HostName) -> HostedAddress? {
        guard request.method == .post, request.mediaType == "multipart/form-data",
            kinds[HostedKind.bucketForm.label] != nil
        else { return nil }
        let path = (host.bucket.map { "/" + $0 } ?? "") + request.path
        let names = path.parts(at: "/").dropFirst().filter { !$0.isEmpty }
        guard names.count == 1, let name = PercentEncoding.decode(names[0]) else { return nil }
        return HostedAddress(kind: .bucketForm, id: name, path: "/")
    }

    // MARK: - Services

    /// `/service/<name>/operation/<operation>`
    private func smithyService(_ path: String) -> String? {
        let parts = path.split(separator: "/")
        guard let start = parts.lastIndex(of: "service"), parts.count == start + 4,
            parts[start + 2] == "operation"
        else { return nil }
        return String(parts[start + 1])
    }

    /// `lambda.us-east-1.localhost`, `bucket.s3.amazonaws.com`, `us-east-1.queue.localhost.localstack.cloud`
    private func namedService(_ host: HostName) -> ([ServiceDescription], String)? {
        let labels = host.labels.filter { !HostName.isRegion($0) && $0 != "dualstack" }
        guard let last = labels.last else { return nil }
        for name in [labels.suffix(2).joined(separator: "."), last == "queue" ? "sqs" : last] {
            let candidates = services.services(endpointPrefix: name)
            if !candidates.isEmpty { return (candidates, name) }
        }
        return host.baseDomain == nil ? ([], last) : nil
    }

    /// The region of a queue's URL: `/queue/<region>/<account>/<name>`, or `/<account>/<name>`, which has none to tell.
    private func queueRegion(_ path: String) -> String?? {
        let parts = path.split(separator: "/")
        if parts.count == 4, parts[0] == "queue", HostName.isRegion(String(parts[1])) {
            return .some(String(parts[1]))
        }
        let isAccount =
            parts.count == 2 && parts[0].utf8.count == 12 && parts[0].allSatisfy(\.isNumber)
        return isAccount ? .some(nil) : nil
    }
}

extension WireRequest {
    /// The service that the signature is scoped to; nothing else of it is looked at.
    var signedService: String? {
        if let authorization = headers[.authorization], authorization.hasPrefix("AWS4-") {
            return AuthorizationHeader.service(in: authorization)
        }
        guard query.contains("X-Amz-Credential=") else { return nil }
        return QueryItems(query)["X-Amz-Credential"].flatMap {
            CredentialScope.service(inCredential: $0[...])
        }
    }

    /// The media type of the body, in lower case, without parameters.
    var mediaType: String {
        let field = headers[.contentType] ?? ""
        let type = Substring(field.utf8.prefix { $0 != UInt8(ascii: ";") }).lowercased()
        return type.utf8.last == UInt8(ascii: " ") ? String(type.dropLast()) : type
    }

    /// Whether the body is a form.
    var hasForm: Bool { mediaType == "application/x-www-form-urlencoded" }
}
