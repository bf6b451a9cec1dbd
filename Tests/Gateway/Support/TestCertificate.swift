import FoundationEssentials

/// A certificate of `localhost` that signed itself, for tests only: its key is no secret.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBpzCCAU6gAwIBAgIUU0YNEt1Y+0puiOfSNUDpYH8uzyAwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTEwNTMzNFoYDzIxMjYxMDI4
        MTA1MzM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQLG+o0pYADGXjkMi8bpjwZtCrqr0LMQHiR5JE3BSVEsxPFB8c/kjbP
        ANwtP3+li2Q8CkvD0XkuSGNGm/Q99wWPo3wwejAdBgNVHQ4EFgQU/PyVMq1SNqXi
        yZZJbd7P9hk9N/AwHwYDVR0jBBgwFoAU/PyVMq1SNqXiyZZJbd7P9hk9N/AwDwYD
        VR0TAQH/BAUwAwEB/zAnBgNVHREEIDAegglsb2NhbGhvc3SCCyoubG9jYWxob3N0
        hwR/AAABMAoGCCqGSM49BAMCA0cAMEQCIHEAgAwUekZGvNCdgKl9+g/mHIdgHN7f
        LJhrt4rW1UtxAiA67dSYiuP0PiwOkGt3Jv6RYLlcelLBQsVpAGM5lPWciA==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQ63aBHZsDaN6sfDa
        zR59joaeJdpFEA5gCooyqPRt5mahRANCAAQLG+o0pYADGXjkMi8bpjwZtCrqr0LM
        QHiR5JE3BSVEsxPFB8c/kjbPANwtP3+li2Q8CkvD0XkuSGNGm/Q99wWP
        -----END PRIVATE KEY-----
        """

    /// Writes both as files, for as long as `body` runs.
    static func withFiles(
        _ body: (_ certificatePath: String, _ keyPath: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "apus-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = ["certificate.pem", "key.pem"].map { folder.appendingPathComponent($0).path }
        for (path, text) in zip(paths, [certificate, key]) {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        try await body(paths[0], paths[1])
    }
}
