import HTTPTypes
import Logging
import Platform
import Synchronization
import Wire

/// Ends an exchange: the fields that every answer has, and the log.
final class ExchangeFinisher: Sendable {
    private let clock: any Clock
    private let crossOrigin: CrossOriginPolicy
    /// The `Date` field of the present second.
    private let date = Mutex<(second: Int64, text: String)>((0, ""))

    init(clock: any Clock, crossOrigin: CrossOriginPolicy) {
        self.clock = clock
        self.crossOrigin = crossOrigin
    }

    func finish(_ response: inout WireResponse, _ exchange: Exchange) {
        if !exchange.isHosted, exchange.crossOriginRules == nil {
            crossOrigin.expose(&response, to: exchange.request)
        }
        if response.headers[.amznRequestID] == nil {
            response.headers[.amznRequestID] = exchange.requestID
        }
        response.headers[.date] = dateText()
        log(response, exchange)
    }

    /// The machine's time: SDKs correct their clocks by it when a signature is refused, and signatures are judged by it.
    private func dateText() -> String {
        let now = clock.machineTime
        return date.withLock { date in
            if date.second != now.seconds { date = (now.seconds, now.httpDate) }
            return date.text
        }
    }

    private func log(_ response: WireResponse, _ exchange: Exchange) {
        let level: Logger.Level = response.status >= 500 && response.status != 501 ? .error : .debug
        guard exchange.gatewayLogger.logLevel <= level else { return }
        exchange.logger.log(
            level: level, "answered",
            metadata: [
                "method": "\(exchange.request.method)", "path": "\(exchange.request.path)",
                "service": "\(exchange.api?.service.description.name ?? "-")",
                "operation": "\(exchange.api?.operation?.name ?? "-")",
                "account": "\(exchange.account)", "status": "\(response.status)",
                "duration": "\(clock.uptime - exchange.started)",
            ])
    }
}
