import ServiceKit
import Testing

@Suite("Principals")
struct PrincipalTests {
    private static let account = "123456789012"

    @Test(
        "each says who it is as GetCallerIdentity does",
        arguments: [
            (
                Principal.root(account: account), "arn:aws:iam::123456789012:root", account,
                account
            ),
            (
                .user(account: account, path: "/staff/", name: "ada", id: "AIDA"),
                "arn:aws:iam::123456789012:user/staff/ada", "AIDA", account
            ),
            (
                .assumedRole(account: account, role: "cook", roleID: "AROA", session: "today"),
                "arn:aws:sts::123456789012:assumed-role/cook/today", "AROA:today", account
            ),
            (
                .service("events.amazonaws.com"), "events.amazonaws.com",
                "events.amazonaws.com", nil
            ),
            (.anonymous, "*", "anonymous", nil),
        ] as [(Principal, String, String, String?)])
    func identity(principal: Principal, arn: String, id: String, account: String?) {
        #expect(principal.arn == arn)
        #expect(principal.userID == id)
        #expect(principal.account == account)
    }
}
