import IAMModel
import Platform
import ServiceKit
import TestKit
import Testing
import Wire

@testable import IAM

@Suite("One-time codes")
struct MultiFactorTests {
    @Test(
        "codes are those of RFC 6238",
        arguments: [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")])
    func vectors(seconds: Int64, code: String) {
        let seed = Array("12345678901234567890".utf8)
        let step = OneTimeCode.step(at: Instant(seconds: seconds))
        #expect(OneTimeCode.code(seed, step: step) == code)
    }

    @Test("a device is given by two codes, and each code counts once")
    func device() async throws {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        let made = try await iam.call(
            IAMAPI.createVirtualMFADevice,
            CreateVirtualMFADeviceRequest(virtualMFADeviceName: "phone")
        ).virtualMFADevice
        #expect(made.serialNumber == "arn:aws:iam::123456789012:mfa/phone")
        let seed = try #require(Self.bytes(made.base32StringSeed ?? []))
        let now = OneTimeCode.step(at: iam.cloud.clock.now)
        await expectError("InvalidAuthenticationCode") {
            try await iam.call(
                IAMAPI.enableMFADevice,
                EnableMFADeviceRequest(
                    userName: "ann", serialNumber: made.serialNumber,
                    authenticationCode1: "000000", authenticationCode2: "000001"))
        }
        try await iam.call(
            IAMAPI.enableMFADevice,
            EnableMFADeviceRequest(
                userName: "ann", serialNumber: made.serialNumber,
                authenticationCode1: OneTimeCode.code(seed, step: now - 1),
                authenticationCode2: OneTimeCode.code(seed, step: now)))
        let devices = try await iam.call(
            IAMAPI.listMFADevices, ListMFADevicesRequest(userName: "ann")
        ).mfaDevices
        #expect(devices.map(\.serialNumber) == [made.serialNumber])

        let ann = iam.cloud.context(
            as: .user(account: TestCloud.account, path: "/", name: "ann", id: "AIDA"))
        let code = OneTimeCode.code(seed, step: now + 1)
        let verifier = iam.service.multiFactor
        #expect(try await verifier.accept(code: code, ofDevice: made.serialNumber, in: ann))
        #expect(try await !verifier.accept(code: code, ofDevice: made.serialNumber, in: ann))
        let bob = iam.cloud.context(
            as: .user(account: TestCloud.account, path: "/", name: "bob", id: "AIDA"))
        iam.cloud.clock.advance(by: .seconds(60))
        let next = OneTimeCode.code(seed, step: now + 2)
        #expect(try await !verifier.accept(code: next, ofDevice: made.serialNumber, in: bob))
        let listed = try await iam.call(
            IAMAPI.listVirtualMFADevices,
            ListVirtualMFADevicesRequest(assignmentStatus: "Assigned")
        ).virtualMFADevices
        #expect(listed.first?.user?.userName == "ann")
        let read = try await iam.call(
            IAMAPI.getMFADevice, GetMFADeviceRequest(serialNumber: made.serialNumber))
        #expect(read.userName == "ann" && read.enableDate != nil)
        try await iam.call(
            IAMAPI.resyncMFADevice,
            ResyncMFADeviceRequest(
                userName: "ann", serialNumber: made.serialNumber,
                authenticationCode1: OneTimeCode.code(seed, step: now + 8),
                authenticationCode2: OneTimeCode.code(seed, step: now + 9)))
        try await iam.call(
            IAMAPI.deactivateMFADevice,
            DeactivateMFADeviceRequest(userName: "ann", serialNumber: made.serialNumber))
        try await iam.call(
            IAMAPI.deleteVirtualMFADevice,
            DeleteVirtualMFADeviceRequest(serialNumber: made.serialNumber))
    }

    private static func bytes(_ base32: [UInt8]) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var (bits, count): (UInt64, Int) = (0, 0)
        var bytes: [UInt8] = []
        for character in base32 {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 5 | UInt64(digit)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> UInt64(count) & 255))
            }
        }
        return bytes
    }
}
