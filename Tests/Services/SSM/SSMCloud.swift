import KMS
import KMSModel
import Platform
import SSM
import SSMModel
import ServiceKit
import Storage
import TestKit
import Wire

/// Parameter Store in a test's process, with the KMS that it encrypts through.
struct SSMCloud {
    let cloud = TestCloud()
    let service: SSMService
    let database: any Database

    init() async throws {
        database = try await cloud.database("ssm", migrations: SSMService.migrations)
        service = SSMService(cloud.dependencies, database: database)
        let kms = KMSService(
            cloud.dependencies,
            database: try await cloud.database("kms", migrations: KMSService.migrations))
        cloud.assemble([service, kms])
    }

    @discardableResult
    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Puts a parameter and returns its version.
    @discardableResult
    func put(
        _ name: String, _ value: String, _ type: String? = "String",
        _ change: (inout PutParameterRequest) -> Void = { _ in }
    ) async throws -> Int? {
        var request = PutParameterRequest(name: name, value: value, type: type)
        change(&request)
        return try await call(SSMAPI.putParameter, request).version
    }

    /// Gets a parameter.
    func get(_ name: String, decrypted: Bool? = nil) async throws -> Parameter {
        try await call(
            SSMAPI.getParameter, GetParameterRequest(name: name, withDecryption: decrypted)
        ).parameter ?? Parameter()
    }

    /// The names of the parameters below a path.
    func names(below path: String, recursive: Bool = false) async throws -> [String?] {
        try await call(
            SSMAPI.getParametersByPath,
            GetParametersByPathRequest(path: path, recursive: recursive)
        ).parameters?.map(\.name) ?? []
    }

    /// The names of the parameters that filters find.
    func names(_ filters: ParameterStringFilter...) async throws -> [String?] {
        try await call(
            SSMAPI.describeParameters, DescribeParametersRequest(parameterFilters: filters)
        ).parameters?.map(\.name) ?? []
    }
}
