import Platform
import ServiceKit
import Wire

extension Entity {
    /// A new entity, as a request makes it.
    init(
        _ reference: EntityReference, in context: RequestContext, path: String?,
        _ randomness: any Randomness
    ) {
        self.init(
            account: context.account, reference: reference, path: path ?? "/",
            id: reference.kind.idPrefix + randomness.string(17, from: .base32),
            created: context.time)
    }

    /// When a device was given to its user.
    var enabled: Instant? {
        details["enabled"]?.integerValue.map { Instant(milliseconds: $0) }
    }

    /// When a policy got its last version.
    var updated: Instant {
        details["updated"]?.integerValue.map { Instant(milliseconds: $0) } ?? created
    }
}

extension Entity {
    /// When a certificate ends.
    var ending: Instant? {
        details["ends"]?.integerValue.map { Instant(milliseconds: $0) }
    }
}
