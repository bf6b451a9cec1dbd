package import Platform

/// The same lines as JSON documents, in the format of the Telemetry API
/// (docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html).
extension PlatformLog {
    /// What Lambda says as an environment starts, in the function's format; nothing where its level is not written.
    package static func initStart(
        runtime: String, version: String, region: String, in logging: FunctionLogging,
        at time: Instant
    ) -> [String] {
        guard logging.isJSON else {
            return [initStart(runtime: runtime, version: version, region: region)]
        }
        guard logging.systemLevel <= .info else { return [] }
        return [
            document(
                "initStart", at: time,
                [
                    text("initializationType", "on-demand"), text("phase", "init"),
                    text("runtimeVersion", version),
                    text("runtimeVersionArn", "arn:aws:lambda:\(region)::runtime:\(runtime)"),
                ])
        ]
    }

    /// What Lambda says of an init phase that failed.
    package static func initReport(
        duration: Duration, failure: FunctionFailure, in logging: FunctionLogging, at time: Instant
    ) -> [String] {
        guard logging.isJSON else { return [initReport(duration: duration, failure: failure)] }
        guard logging.systemLevel <= .warn else { return [] }
        return [
            document(
                "initReport", at: time,
                [
                    text("initializationType", "on-demand"), text("phase", "init"),
                    text("status", "error"), text("errorType", failure.errorType),
                    #""metrics":{"durationMs":\#(duration.milliseconds(decimals: 3))}"#,
                ])
        ]
    }

    /// What Lambda says before an event.
    package static func start(
        requestID: String, version: String, in logging: FunctionLogging, at time: Instant
    ) -> [String] {
        guard logging.isJSON else { return [start(requestID: requestID, version: version)] }
        guard logging.systemLevel <= .info else { return [] }
        return [
            document(
                "start", at: time, [text("requestId", requestID), text("version", version)])
        ]
    }

    /// What Lambda says after an event.
    package static func end(
        _ report: Report, in logging: FunctionLogging, at time: Instant
    ) -> [String] {
        guard logging.isJSON else {
            let reason = report.failure.flatMap { failure($0, at: time) }
            return (reason.map { [$0] } ?? []) + [end(requestID: report.requestID), report.line]
        }
        let status = report.failure?.status
        guard logging.systemLevel <= (status == .error || status == .timeout ? .warn : .info)
        else { return [] }
        return [document("report", at: time, report.members)]
    }

    private static func document(_ type: String, at time: Instant, _ members: [String]) -> String {
        let record = members.joined(separator: ",")
        return
            #"{"time":"\#(time.iso8601Milliseconds)","type":"platform.\#(type)","record":{\#(record)}}"#
    }

    fileprivate static func text(_ name: String, _ value: String) -> String {
        let escaped = value.unicodeScalars.reduce(into: "") { text, scalar in
            if scalar == "\"" || scalar == "\\" { text += "\\" }
            if scalar >= " " { text.unicodeScalars.append(scalar) }
        }
        return #""\#(name)":"\#(escaped)""#
    }
}

extension PlatformLog.Report {
    fileprivate var members: [String] {
        let billed = (duration + (initDuration ?? .zero)).millisecondsRoundedUp
        var metrics = [
            #""durationMs":\#(duration.milliseconds(decimals: 3))"#,
            #""billedDurationMs":\#(billed)"#, #""memorySizeMB":\#(memoryMiB)"#,
            #""maxMemoryUsedMB":\#(maxMemoryUsedMiB)"#,
        ]
        if let initDuration {
            metrics.append(#""initDurationMs":\#(initDuration.milliseconds(decimals: 3))"#)
        }
        var members = [
            PlatformLog.text("requestId", requestID),
            #""metrics":{\#(metrics.joined(separator: ","))}"#,
        ]
        switch failure?.status {
        case nil, .handled: members.append(PlatformLog.text("status", "success"))
        case .timeout: members.append(PlatformLog.text("status", "timeout"))
        case .error:
            members.append(PlatformLog.text("status", "error"))
            members.append(PlatformLog.text("errorType", failure?.errorType ?? ""))
        }
        return members
    }
}
