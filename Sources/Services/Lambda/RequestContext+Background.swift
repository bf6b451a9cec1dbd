import Logging
import Platform
import ServiceKit

extension RequestContext {
    /// The context of work that Lambda does on its own.
    static func lambda(
        account: String, region: String, requestID: String, traceHeader: String = "",
        time: Instant, logger: Logger
    ) -> RequestContext {
        RequestContext(
            account: account, region: region, principal: FunctionRole.lambda,
            requestID: requestID, traceHeader: traceHeader, time: time,
            origin: Origin(scheme: "http", host: "localhost", port: nil, baseDomain: "localhost"),
            sourceIP: "127.0.0.1", userAgent: "lambda.amazonaws.com", logger: logger)
    }
}
