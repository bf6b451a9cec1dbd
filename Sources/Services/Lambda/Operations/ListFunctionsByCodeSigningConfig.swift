import LambdaModel
import ServiceKit

/// Lists the functions with a code signing configuration, a page at a time.
///
/// Source: API_ListFunctionsByCodeSigningConfig.
struct ListFunctionsByCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.listFunctionsByCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: ListFunctionsByCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListFunctionsByCodeSigningConfig", on: input.codeSigningConfigArn)]
    }

    func handle(
        _ input: ListFunctionsByCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> ListFunctionsByCodeSigningConfigResponse {
        let id = try CodeSigning.id(input.codeSigningConfigArn, in: context)
        let (account, region) = (context.account, context.region)
        let config = try await functions.codeSigning(id, account: account, region: region)
        guard config != nil else { throw CodeSigning.notFound(input.codeSigningConfigArn) }
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.functions(
            withCodeSigning: id, account: account, region: region,
            after: try PageMarker.name(input.marker), limit: size + 1)
        let page = found.prefix(size)
        return ListFunctionsByCodeSigningConfigResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0) } : nil,
            functionArns: page.map {
                FunctionKey(account: account, region: region, name: $0).arn
            })
    }
}
