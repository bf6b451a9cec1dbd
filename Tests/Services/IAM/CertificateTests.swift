import IAMModel
import Platform
import TestKit
import Testing
import Wire

@testable import IAM

@Suite("Certificates and SSH keys")
struct CertificateTests {
    /// A certificate of no issuer and no key: only its frame and its dates, which end with 2049.
    private static let certificate: String = {
        let date = { (text: String) in [0x17, UInt8(text.utf8.count)] + Array(text.utf8) }
        let wrapped = { (tag: UInt8, content: [UInt8]) in [tag, UInt8(content.count)] + content }
        let validity = wrapped(0x30, date("250101000000Z") + date("491231235959Z"))
        let fields: [UInt8] = [0xA0, 3, 2, 1, 2, 2, 1, 1, 0x30, 0, 0x30, 0]
        let bytes = wrapped(0x30, wrapped(0x30, fields + validity))
        return "-----BEGIN CERTIFICATE-----\n\(Base64.encode(bytes))\n-----END CERTIFICATE-----\n"
    }()
    private static let key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"

    @Test("a certificate for servers tells when it ends")
    func serverCertificate() async throws {
        let iam = try await IAMCloud()
        let made = try await iam.call(
            IAMAPI.uploadServerCertificate,
            UploadServerCertificateRequest(
                serverCertificateName: "web", certificateBody: Self.certificate,
                privateKey: Self.key))
        #expect(made.serverCertificateMetadata?.expiration?.iso8601 == "2049-12-31T23:59:59Z")
        try await iam.call(
            IAMAPI.updateServerCertificate,
            UpdateServerCertificateRequest(
                serverCertificateName: "web", newPath: "/x/", newServerCertificateName: "site"))
        let read = try await iam.call(
            IAMAPI.getServerCertificate, GetServerCertificateRequest(serverCertificateName: "site"))
        #expect(
            read.serverCertificate.serverCertificateMetadata.arn
                == "arn:aws:iam::123456789012:server-certificate/x/site")
        try await iam.call(
            IAMAPI.tagServerCertificate,
            TagServerCertificateRequest(
                serverCertificateName: "site", tags: [IAMModel.Tag(key: "a", value: "b")]))
        try await iam.call(
            IAMAPI.untagServerCertificate,
            UntagServerCertificateRequest(serverCertificateName: "site", tagKeys: ["x"]))
        let tags = try await iam.call(
            IAMAPI.listServerCertificateTags,
            ListServerCertificateTagsRequest(serverCertificateName: "site")
        ).tags
        #expect(tags.map(\.key) == ["a"])
        let all = try await iam.call(
            IAMAPI.listServerCertificates, ListServerCertificatesRequest())
        #expect(all.serverCertificateMetadataList.count == 1)
        try await iam.call(
            IAMAPI.deleteServerCertificate,
            DeleteServerCertificateRequest(serverCertificateName: "site"))
        await expectError("MalformedCertificate") {
            try await iam.call(
                IAMAPI.uploadServerCertificate,
                UploadServerCertificateRequest(
                    serverCertificateName: "web", certificateBody: "none", privateKey: Self.key))
        }
    }

    @Test("a user has two certificates to sign with at most")
    func signingCertificates() async throws {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        let upload = UploadSigningCertificateRequest(
            userName: "ann", certificateBody: Self.certificate)
        let id = try await iam.call(IAMAPI.uploadSigningCertificate, upload).certificate
            .certificateId
        try await iam.call(IAMAPI.uploadSigningCertificate, upload)
        await expectError("LimitExceeded", "Cannot exceed quota for CertificatesPerUser: 2") {
            try await iam.call(IAMAPI.uploadSigningCertificate, upload)
        }
        try await iam.call(
            IAMAPI.updateSigningCertificate,
            UpdateSigningCertificateRequest(
                userName: "ann", certificateId: id, status: "Inactive"))
        try await iam.call(
            IAMAPI.deleteSigningCertificate,
            DeleteSigningCertificateRequest(userName: "ann", certificateId: id))
        let left = try await iam.call(
            IAMAPI.listSigningCertificates, ListSigningCertificatesRequest(userName: "ann"))
        #expect(left.certificates.map(\.status) == ["Active"])
    }

    @Test("a public key of SSH is told by its fingerprint")
    func sshKeys() async throws {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        let key = try #require(
            try await iam.call(
                IAMAPI.uploadSSHPublicKey,
                UploadSSHPublicKeyRequest(
                    userName: "ann", sshPublicKeyBody: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ann@home")
            ).sshPublicKey)
        #expect(key.sshPublicKeyId.hasPrefix("APKA") && key.fingerprint.utf8.count == 47)
        let id = key.sshPublicKeyId
        try await iam.call(
            IAMAPI.updateSSHPublicKey,
            UpdateSSHPublicKeyRequest(userName: "ann", sshPublicKeyId: id, status: "Inactive"))
        let read = try await iam.call(
            IAMAPI.getSSHPublicKey,
            GetSSHPublicKeyRequest(userName: "ann", sshPublicKeyId: id, encoding: "SSH"))
        #expect(read.sshPublicKey?.status == "Inactive")
        let all = try await iam.call(
            IAMAPI.listSSHPublicKeys, ListSSHPublicKeysRequest(userName: "ann"))
        #expect(all.sshPublicKeys?.count == 1)
        try await iam.call(
            IAMAPI.deleteSSHPublicKey,
            DeleteSSHPublicKeyRequest(userName: "ann", sshPublicKeyId: id))
        await expectError("NoSuchEntity", "The Public Key with id \(id) cannot be found.") {
            try await iam.call(
                IAMAPI.deleteSSHPublicKey,
                DeleteSSHPublicKeyRequest(userName: "ann", sshPublicKeyId: id))
        }
    }
}
