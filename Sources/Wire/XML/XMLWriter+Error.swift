extension XMLWriter {
    /// Opens an element in a namespace.
    mutating func start(_ name: String, namespace: String?) {
        start(name)
        if let namespace { attribute("xmlns", namespace) }
    }

    /// Writes the element `Error` of the query protocols, which other services of XML share.
    ///
    /// - Parameter withType: whether it says who is at fault.
    mutating func error(_ error: AWSError, withType: Bool) {
        start("Error")
        if withType { element("Type", error.fault == .client ? "Sender" : "Receiver") }
        errorMembers(error)
        end("Error")
    }

    /// Writes what an error says.
    mutating func errorMembers(_ error: AWSError) {
        element("Code", error.queryCode ?? error.code)
        if !error.message.isEmpty { element("Message", error.message) }
        elements(error.fields)
    }
}
