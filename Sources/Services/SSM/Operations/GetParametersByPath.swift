import SSMModel
import ServiceKit
import Storage
import Wire

/// Answers the parameters below a path: those of the next level, or of all.
///
/// Source: API_GetParametersByPath in the Systems Manager API Reference.
struct GetParametersByPath: OperationHandler {
    static let operation = SSMAPI.getParametersByPath
    let search: ParameterSearch
    let cipher: ParameterCipher

    func access(
        for input: GetParametersByPathRequest, in context: RequestContext
    ) -> [AccessRequest] {
        let place = ParameterPlace(input.path, in: context)
        return [
            AccessRequest(
                "ssm:GetParametersByPath", on: place.arn(partition: context.partition),
                conditionKeys: ["ssm:Recursive": ["\(input.recursive ?? false)"]])
        ]
    }

    func handle(
        _ input: GetParametersByPathRequest, in context: RequestContext
    ) async throws -> GetParametersByPathResult {
        try ParameterName.check(path: input.path)
        var filters = try ParameterFilter.read(input.parameterFilters, isByPath: true)
        filters.append(
            ParameterFilter(
                key: "Path", option: input.recursive == true ? .recursive : .oneLevel,
                values: [input.path]))
        let page = try await search.page(
            filters, prefix: input.path.hasSuffix("/") ? input.path : "\(input.path)/",
            after: PageToken.name(in: input.nextToken),
            limit: input.maxResults ?? SSMLimits.pathPage,
            in: context)
        var parameters: [Parameter] = []
        for version in page.versions {
            let value = try await cipher.value(
                of: version, decrypted: input.withDecryption, in: context)
            parameters.append(
                version.answer(value, selector: nil, partition: context.partition))
        }
        return GetParametersByPathResult(parameters: parameters, nextToken: page.nextToken)
    }
}
