package import Logging
package import Platform

/// Everything about a request that is not its input: who asks, for which account and region, when, and how it is traced.
package struct RequestContext: Sendable {
    /// The 12-digit account that the request acts in.
    package var account: String
    package var region: String
    package var partition: String = "aws"
    package var principal: Principal
    /// The access key that signed the request.
    package var accessKeyID: String?
    /// What temporary credentials say beside who the principal is; `nil` with lasting ones.
    package var session: SessionIdentity?
    /// A UUID, answered as `x-amzn-RequestId`.
    package var requestID: String
    /// The `X-Amzn-Trace-Id` header, as received or made.
    package var traceHeader: String
    /// When the request came in.
    package var time: Instant
    /// Where the client found Apus; URLs in answers begin with it.
    package var origin: Origin
    package var sourceIP: String
    package var userAgent: String
    private var processLogger: Logger
    /// The resource on whose behalf a service calls (`aws:SourceArn`): the stage and route of an API, a topic, a bucket.
    package var sourceARN: ARN?
    /// The services that call for the principal, the first one first (`aws:CalledVia`).
    package var calledVia: [String] = []

    package init(
        account: String, region: String, principal: Principal, accessKeyID: String? = nil,
        requestID: String, traceHeader: String, time: Instant, origin: Origin, sourceIP: String,
        userAgent: String, logger: Logger
    ) {
        self.account = account
        self.region = region
        self.principal = principal
        self.accessKeyID = accessKeyID
        self.requestID = requestID
        self.traceHeader = traceHeader
        self.time = time
        self.origin = origin
        self.sourceIP = sourceIP
        self.userAgent = userAgent
        self.processLogger = logger
    }

    /// The log of the request, with its identifier; made for the few requests that write one.
    package var logger: Logger {
        var logger = processLogger
        logger[metadataKey: "request-id"] = "\(requestID)"
        return logger
    }

    /// The ARN of a resource of the request's account and region.
    package func arn(_ service: String, _ resource: String) -> ARN {
        ARN(
            partition: partition, service: service, region: region, account: account,
            resource: resource)
    }
}

/// The scheme and authority under which a client reached Apus: `http://localhost:4566`.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    package var scheme: String
    /// The host name as the client sent it, without the port.
    package var host: String
    /// The port as the client sent it; `nil` for the scheme's own.
    package var port: Int?
    /// The domain under which hosted things have names: `localhost` makes `<id>.lambda-url.<region>.localhost`.
    package var baseDomain: String

    package init(scheme: String, host: String, port: Int?, baseDomain: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.baseDomain = baseDomain
    }

    package var description: String { "\(scheme)://\(host)\(portSuffix)" }

    /// The URL of a hosted thing: `http://abc123.lambda-url.us-east-1.localhost:4566/`.
    package func hostedURL(_ labels: String) -> String {
        "\(scheme)://\(labels).\(baseDomain)\(portSuffix)/"
    }

    private var portSuffix: String { port.map { ":\($0)" } ?? "" }
}
