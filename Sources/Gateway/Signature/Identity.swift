import ServiceKit

/// Who a request is from, once its signature has been looked at.
struct Identity: Sendable {
    /// The account of a request that nobody signed: AWS has none for it, Apus's tables need one.
    static let defaultAccount = "000000000000"
    static let anonymous = Identity(principal: .anonymous, account: defaultAccount)

    var principal: Principal
    var account: String
    var accessKeyID: String?
    /// What temporary credentials say beside who the principal is.
    var session: SessionIdentity?
    /// The region that the signature is scoped to.
    var region: String?
}
