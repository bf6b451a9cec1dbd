import Platform
import ServiceKit

/// Temporary credentials and everything that belongs to them: what a session token carries.
struct Session: Sendable, Equatable {
    var accessKeyID: String
    var secretAccessKey: String
    var principal: Principal
    var expiration: Instant
    var identity: SessionIdentity
}

extension SessionIdentity {
    /// How much room the policies and tags take in a token, in bytes.
    var packedBytes: Int {
        policies.reduce(0) { $0 + $1.utf8.count }
            + policyARNs.reduce(0) { $0 + $1.utf8.count }
            + tags.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }

    /// `packedBytes` in percent of what is allowed, rounded up; `nil` where there is nothing to pack.
    var packedPercent: Int? {
        let bytes = packedBytes
        return bytes == 0 ? nil : (bytes * 100 + STSLimits.packedBytes - 1) / STSLimits.packedBytes
    }
}
