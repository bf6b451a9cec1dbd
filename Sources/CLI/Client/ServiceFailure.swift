import Wire

/// An error that a service answered.
struct ServiceFailure: Error, CustomStringConvertible {
    let status: Int
    /// Such as `ResourceNotFoundException`; empty where the answer names none.
    let code: String
    let message: String

    /// Reads the error of a service that speaks JSON.
    init(_ answer: HTTPAnswer) {
        let body = try? answer.document()
        status = answer.status
        let name = answer.header("x-amzn-errortype") ?? body?["__type"]?.stringValue ?? ""
        code = String(name.prefix { $0 != ":" }.split(separator: "#").last ?? "")
        message =
            body?["message"]?.stringValue ?? body?["Message"]?.stringValue
            ?? String(decoding: answer.body.prefix(500), as: UTF8.self)
    }

    var description: String {
        code.isEmpty ? "HTTP \(status): \(message)" : "\(message) (\(code))"
    }
}
