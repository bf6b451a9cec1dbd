import LambdaModel
import ServiceKit
import Wire

/// Lets asynchronous events be worked on as by default again.
///
/// Source: API_DeleteFunctionEventInvokeConfig.
struct DeleteFunctionEventInvokeConfig: OperationHandler {
    static let operation = LambdaAPI.deleteFunctionEventInvokeConfig
    let functions: FunctionStore

    func access(
        for input: DeleteFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("DeleteFunctionEventInvokeConfig", reference, in: functions)]
    }

    func handle(
        _ input: DeleteFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        _ = try await EventInvokeConfigs.change(
            reference, in: functions, at: context.time
        ) { before in
            guard before != nil else { throw EventInvokeConfigs.notFound(reference) }
            return nil
        }
        return EmptyStructure()
    }
}
