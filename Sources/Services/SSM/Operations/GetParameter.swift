import SSMModel
import ServiceKit
import Storage
import Wire

/// Answers a parameter: its latest version, or the one that a number or a label names.
///
/// Source: API_GetParameter in the Systems Manager API Reference.
struct GetParameter: OperationHandler {
    static let operation = SSMAPI.getParameter
    let database: any Database
    let cipher: ParameterCipher
    let references: SecretReferences

    func access(for input: GetParameterRequest, in context: RequestContext) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:GetParameter", on: [input.name], in: context)
    }

    func handle(
        _ input: GetParameterRequest, in context: RequestContext
    ) async throws -> GetParameterResult {
        if let id = SecretReferences.secretID(in: input.name) {
            return GetParameterResult(
                parameter: try await references.parameter(
                    id, named: input.name, decrypted: input.withDecryption, in: context))
        }
        guard let selector = ParameterSelector(input.name, in: context) else {
            throw SSMFailure.notFound(input.name)
        }
        let version = try await database.read { try $0.version(selector, named: input.name) }
        let value = try await cipher.value(
            of: version, decrypted: input.withDecryption, in: context)
        return GetParameterResult(
            parameter: version.answer(
                value, selector: selector.text, partition: context.partition))
    }
}
