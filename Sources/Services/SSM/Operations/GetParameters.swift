import SSMModel
import ServiceKit
import Storage
import Wire

/// Answers up to ten parameters. Names of what is not there are told apart and are no error.
///
/// Source: API_GetParameters in the Systems Manager API Reference.
struct GetParameters: OperationHandler {
    static let operation = SSMAPI.getParameters
    let database: any Database
    let cipher: ParameterCipher
    let references: SecretReferences

    func access(for input: GetParametersRequest, in context: RequestContext) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:GetParameters", on: input.names, in: context)
    }

    func handle(
        _ input: GetParametersRequest, in context: RequestContext
    ) async throws -> GetParametersResult {
        var found: [Parameter] = []
        var invalid: [String] = []
        var seen: Set<String> = []
        for name in input.names where seen.insert(name).inserted {
            do {
                found.append(try await parameter(name, input.withDecryption, in: context))
            } catch let error as AWSError where Self.isMissing(error) {
                invalid.append(name)
            }
        }
        return GetParametersResult(parameters: found, invalidParameters: invalid)
    }

    private static func isMissing(_ error: AWSError) -> Bool {
        [SSMError.parameterNotFound.code, SSMError.parameterVersionNotFound.code]
            .contains(error.code)
    }

    private func parameter(
        _ name: String, _ isDecrypted: Bool?, in context: RequestContext
    ) async throws -> Parameter {
        if let id = SecretReferences.secretID(in: name) {
            return try await references.parameter(
                id, named: name, decrypted: isDecrypted, in: context)
        }
        guard let selector = ParameterSelector(name, in: context) else {
            throw SSMFailure.notFound(name)
        }
        let version = try await database.read { try $0.version(selector, named: name) }
        let value = try await cipher.value(of: version, decrypted: isDecrypted, in: context)
        return version.answer(value, selector: selector.text, partition: context.partition)
    }
}
