import KMS
import KMSModel
import Platform
import ServiceKit
import Storage
import TestKit
import Wire

/// KMS in a test's process.
struct KMSCloud {
    let cloud = TestCloud()
    let service: KMSService
    let database: any Database

    init() async throws {
        database = try await cloud.database("kms", migrations: KMSService.migrations)
        service = KMSService(cloud.dependencies, database: database)
        cloud.assemble([service])
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a key and returns its identifier.
    func makeKey(
        _ spec: String? = nil, _ usage: String? = nil,
        _ change: (inout CreateKeyRequest) -> Void = { _ in }
    ) async throws -> String {
        var request = CreateKeyRequest(keyUsage: usage, keySpec: spec)
        change(&request)
        return try await call(KMSAPI.createKey, request).keyMetadata?.keyId ?? ""
    }

    func describe(_ key: String, in context: RequestContext? = nil) async throws -> KeyMetadata {
        try await call(KMSAPI.describeKey, DescribeKeyRequest(keyId: key), in: context)
            .keyMetadata ?? KeyMetadata()
    }

    func encrypt(
        _ text: String, _ key: String, _ context: [String: String]? = nil
    ) async throws -> [UInt8] {
        try await call(
            KMSAPI.encrypt,
            EncryptRequest(
                keyId: key, plaintext: Array(text.utf8), encryptionContext: context)
        ).ciphertextBlob ?? []
    }

    func decrypt(
        _ blob: [UInt8], _ context: [String: String]? = nil, key: String? = nil
    ) async throws -> String {
        let answer = try await call(
            KMSAPI.decrypt,
            DecryptRequest(ciphertextBlob: blob, encryptionContext: context, keyId: key))
        return String(decoding: answer.plaintext ?? [], as: UTF8.self)
    }

    /// Runs the service's own work while `body` does, and moves the clock until `isDone`.
    func withWork(
        _ duration: Duration, until isDone: @escaping @Sendable () async throws -> Bool
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await service.run() }
            await cloud.clock.waitForSleepers(1)
            cloud.clock.advance(by: duration)
            while try await !isDone() { await Task.yield() }
            group.cancelAll()
        }
    }
}
