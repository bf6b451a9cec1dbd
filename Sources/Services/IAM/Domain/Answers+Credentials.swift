import IAMModel
import Wire

extension ServerCertificateMetadata {
    init(_ certificate: Entity, in partition: String) {
        self.init(
            path: certificate.path, serverCertificateName: certificate.name,
            serverCertificateId: certificate.id, arn: certificate.arn(in: partition),
            uploadDate: certificate.created, expiration: certificate.ending)
    }
}

extension SigningCertificate {
    init(_ certificate: Entity) {
        self.init(
            userName: certificate.detail("user") ?? "", certificateId: certificate.name,
            certificateBody: certificate.document ?? "",
            status: certificate.detail("status") ?? "Active", uploadDate: certificate.created)
    }
}

extension SSHPublicKey {
    init(_ key: Entity) {
        self.init(
            userName: key.detail("user") ?? "", sshPublicKeyId: key.name,
            fingerprint: key.detail("fingerprint") ?? "", sshPublicKeyBody: key.document ?? "",
            status: key.detail("status") ?? "Active", uploadDate: key.created)
    }
}
