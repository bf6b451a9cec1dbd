/// The host and port of an `http://host:port` URL.
struct EndpointAddress: Equatable {
    let host: String
    let port: Int

    init?(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        let standardPort = url.hasPrefix("https") ? 443 : 80
        if let colon = authority.lastIndex(of: ":") {
            guard let port = UInt16(authority[authority.index(after: colon)...]) else { return nil }
            host = String(authority[..<colon])
            self.port = Int(port)
        } else {
            host = String(authority)
            port = standardPort
        }
    }
}
