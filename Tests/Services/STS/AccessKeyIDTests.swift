import Platform
import STSModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import STS

@Suite("Access keys")
struct AccessKeyIDTests {
    @Test(
        "a key tells its account",
        arguments: ["000000000000", "000000000001", "123456789012", "999999999999"])
    func account(account: String) {
        let randomness = SeededRandomness(seed: 7)
        for _ in 0..<100 {
            let id = AccessKeyID.make(
                .temporary, account: account, randomness: randomness)
            #expect(id.utf8.count == 20 && id.hasPrefix("ASIA"))
            #expect(AccessKeyID.account(of: id) == account)
        }
    }

    @Test("a key that AWS gave tells its account too")
    func awsKey() {
        #expect(AccessKeyID.account(of: "ASIAQNZGKIQY56JQ7WML") == "029608264753")
    }

    @Test("GetAccessKeyInfo says what a key tells")
    func operation() async throws {
        let sts = try await STSCloud()
        let id = try #require(try await sts.assume().credentials).accessKeyId
        let answer = try await sts.call(
            STSAPI.getAccessKeyInfo, GetAccessKeyInfoRequest(accessKeyId: id))
        #expect(answer.account == TestCloud.account)
    }

    @Test(
        "a key that tells nothing is refused",
        arguments: [
            "AKIAIOSFODNN7EXAMPLE", "0000000000000000", "ASIA1111111111111111",
            "ABCDQNZGKIQY56JQ7WML",
        ])
    func unknown(id: String) async throws {
        let sts = try await STSCloud()
        await expectError("ValidationError") {
            try await sts.call(STSAPI.getAccessKeyInfo, GetAccessKeyInfoRequest(accessKeyId: id))
        }
    }
}
