package import Platform

/// The lines that Lambda itself writes to a function's log.
package enum PlatformLog {
    /// The name of an environment's log stream: `2026/11/21/[$LATEST]…`.
    ///
    /// - Parameter suffix: 32 hexadecimal digits.
    package static func streamName(at time: Instant, version: String, suffix: String) -> String {
        let date = time.iso8601.prefix(10).replacing("-", with: "/")
        return "\(date)/[\(version)]\(suffix)"
    }

    /// The environment starts.
    package static func initStart(runtime: String, version: String, region: String) -> String {
        "INIT_START Runtime Version: \(version)\t"
            + "Runtime Version ARN: arn:aws:lambda:\(region)::runtime:\(runtime)"
    }

    /// The init phase failed or took too long.
    package static func initReport(duration: Duration, failure: FunctionFailure) -> String {
        "INIT_REPORT Init Duration: \(duration.milliseconds(decimals: 2)) ms\tPhase: init\t"
            + "Status: error\tError Type: \(failure.errorType)"
    }

    /// An invocation begins.
    package static func start(requestID: String, version: String) -> String {
        "START RequestId: \(requestID) Version: \(version)"
    }

    /// An invocation has ended.
    package static func end(requestID: String) -> String {
        "END RequestId: \(requestID)"
    }

    /// What the platform says of a failure, before END.
    package static func failure(_ failure: FunctionFailure, at time: Instant) -> String? {
        guard let message = failure.logMessage else { return nil }
        return failure.status == .timeout ? "\(time.iso8601Milliseconds) \(message)\n" : message
    }

    /// What an event cost.
    package struct Report: Sendable {
        package var requestID: String
        package var duration: Duration
        package var memoryMiB: Int
        package var maxMemoryUsedMiB: Int
        package var initDuration: Duration?
        package var failure: FunctionFailure?
        package var traceHeader: String?

        package init(
            requestID: String, duration: Duration, memoryMiB: Int, maxMemoryUsedMiB: Int,
            initDuration: Duration? = nil, failure: FunctionFailure? = nil,
            traceHeader: String? = nil
        ) {
            self.requestID = requestID
            self.duration = duration
            self.memoryMiB = memoryMiB
            self.maxMemoryUsedMiB = maxMemoryUsedMiB
            self.initDuration = initDuration
            self.failure = failure
            self.traceHeader = traceHeader
        }

        /// The REPORT line. The init phase is billed with the event that it was for.
        package var line: String {
            let billed = (duration + (initDuration ?? .zero)).millisecondsRoundedUp
            var line = "REPORT RequestId: \(requestID)\t"
            line += "Duration: \(duration.milliseconds(decimals: 2)) ms\t"
            line += "Billed Duration: \(billed) ms\t"
            line += "Memory Size: \(memoryMiB) MB\t"
            line += "Max Memory Used: \(maxMemoryUsedMiB) MB\t"
            if let initDuration {
                line += "Init Duration: \(initDuration.milliseconds(decimals: 2)) ms\t"
            }
            switch failure?.status {
            case .timeout: line += "Status: timeout"
            case .error: line += "Status: error\tError Type: \(failure?.errorType ?? "")"
            case .handled, nil: break
            }
            return line + (traceLine ?? "")
        }

        /// The second line of a sampled trace.
        private var traceLine: String? {
            guard let fields = traceHeader.map(TraceFields.init), fields.isSampled,
                let root = fields.root
            else { return nil }
            return "\nXRAY TraceId: \(root)\tSegmentId: \(fields.parent ?? "")\tSampled: true\t"
        }
    }

    /// The parts of an `X-Amzn-Trace-Id` header.
    private struct TraceFields {
        var root: String?
        var parent: String?
        var isSampled = false

        init(_ header: String) {
            for field in header.split(separator: ";") {
                if field.hasPrefix("Root=") { root = String(field.dropFirst(5)) }
                if field.hasPrefix("Parent=") { parent = String(field.dropFirst(7)) }
                if field == "Sampled=1" { isSampled = true }
            }
        }
    }
}
