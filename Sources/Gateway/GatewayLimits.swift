package import NIOCore

/// The quotas of the gateway.
package struct GatewayLimits: Sendable {
    /// The bytes of a request's target and header fields together; 431 beyond. AWS's endpoints take between 8 and 64 KiB.
    package var headerBytes = 64 * 1024
    /// The bytes of one header field; 431 beyond. A session token alone may have several thousand.
    package var headerFieldBytes = 32 * 1024
    /// The header fields of a request; 431 beyond.
    package var headerFields = 200
    /// The bytes of a body that a hosted thing is sent with a signature that covers it; 413 beyond.
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
    package var signedSiteBodyBytes = 10 * 1024 * 1024
    /// The bytes that the fields of a browser's form may have before its file; S3 takes 20 KB and says so. What comes with the
    /// file's first bytes counts, so there is room for those.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>
    package var formFieldBytes = 20 * 1024 + 256 * 1024
    /// The bytes of an unread body that are read after the answer, so that a client that sends first and reads then
    /// sees why it was refused, and the connection can be used again.
    package var drainedBodyBytes = 64 * 1024 * 1024
    /// How long a connection may take to send its first request's head.
    package var headTimeout = TimeAmount.seconds(20)
    /// How long a connection may be without a request. Longer than the 60 seconds after which SDKs drop theirs.
    package var idleTimeout = TimeAmount.seconds(120)
    /// How long a client may neither send the body that is waited for nor take the answer.
    package var stallTimeout = TimeAmount.seconds(60)
    /// How long requests may go on after a graceful shutdown has begun.
    package var drainTimeout = TimeAmount.seconds(10)
    /// How far a signature's time may be from the machine's. Skew is judged by the machine's clock, not the one
    /// that `apus clock advance` moves, since the clients' clocks do not move with it.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html> `RequestTimeTooSkewed`
    package var signatureSkew = Duration.seconds(15 * 60)

    package init() {}
}
