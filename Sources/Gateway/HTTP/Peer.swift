/// Who sent a request, and how.
package struct Peer: Sendable {
    /// The address that the connection comes from.
    package var sourceIP: String
    /// The connection is encrypted.
    package var isEncrypted: Bool

    package init(sourceIP: String = "127.0.0.1", isEncrypted: Bool = false) {
        self.sourceIP = sourceIP
        self.isEncrypted = isEncrypted
    }
}
