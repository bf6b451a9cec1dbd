import ServiceKit

/// The operations that are served, by what they are about.
extension LambdaService {
    func registerFunctions(_ operations: inout OperationRouter) {
        operations.register(
            CreateFunction(
                functions: functions, layers: layers, code: code, sources: sources, roles: roles,
                deployments: deployments, randomness: dependencies.randomness))
        operations.register(
            DeleteFunction(functions: functions, code: code, deployments: deployments))
        operations.register(GetAccountSettings(functions: functions))
        operations.register(GetFunction(functions: functions))
        operations.register(GetFunctionConfiguration(functions: functions))
        operations.register(ListFunctions(functions: functions))
        operations.register(ListTags(functions: functions, mappings: mappings))
        operations.register(TagResource(functions: functions, mappings: mappings))
        operations.register(UntagResource(functions: functions, mappings: mappings))
        operations.register(
            UpdateFunctionCode(
                functions: functions, code: code, sources: sources, deployments: deployments))
        operations.register(
            UpdateFunctionConfiguration(
                functions: functions, layers: layers, roles: roles, deployments: deployments))
        operations.register(GetRuntimeManagementConfig(functions: functions))
        operations.register(PutRuntimeManagementConfig(functions: functions))
    }

    func registerVersions(_ operations: inout OperationRouter) {
        operations.register(PublishVersion(functions: functions))
        operations.register(ListVersionsByFunction(functions: functions))
        operations.register(
            CreateAlias(functions: functions, randomness: dependencies.randomness))
        operations.register(GetAlias(functions: functions))
        operations.register(UpdateAlias(functions: functions))
        operations.register(DeleteAlias(functions: functions))
        operations.register(ListAliases(functions: functions))
    }

    func registerConcurrency(_ operations: inout OperationRouter) {
        operations.register(PutFunctionConcurrency(functions: functions))
        operations.register(GetFunctionConcurrency(functions: functions))
        operations.register(DeleteFunctionConcurrency(functions: functions))
        operations.register(
            PutProvisionedConcurrencyConfig(functions: functions, provisioned: provisioned))
        operations.register(
            GetProvisionedConcurrencyConfig(functions: functions, provisioned: provisioned))
        operations.register(
            DeleteProvisionedConcurrencyConfig(functions: functions, provisioned: provisioned))
        operations.register(
            ListProvisionedConcurrencyConfigs(functions: functions, provisioned: provisioned))
    }

    func registerLayers(_ operations: inout OperationRouter) {
        operations.register(PublishLayerVersion(layers: layers, code: code, sources: sources))
        operations.register(GetLayerVersion(layers: layers))
        operations.register(GetLayerVersionByArn(layers: layers))
        operations.register(DeleteLayerVersion(layers: layers))
        operations.register(ListLayerVersions(layers: layers))
        operations.register(ListLayers(layers: layers))
        operations.register(AddLayerVersionPermission(layers: layers))
        operations.register(RemoveLayerVersionPermission(layers: layers))
        operations.register(GetLayerVersionPolicy(layers: layers))
    }

    func registerCodeSigning(_ operations: inout OperationRouter) {
        operations.register(
            CreateCodeSigningConfig(functions: functions, randomness: dependencies.randomness))
        operations.register(GetCodeSigningConfig(functions: functions))
        operations.register(UpdateCodeSigningConfig(functions: functions))
        operations.register(DeleteCodeSigningConfig(functions: functions))
        operations.register(ListCodeSigningConfigs(functions: functions))
        operations.register(ListFunctionsByCodeSigningConfig(functions: functions))
        operations.register(PutFunctionCodeSigningConfig(functions: functions))
        operations.register(GetFunctionCodeSigningConfig(functions: functions))
        operations.register(DeleteFunctionCodeSigningConfig(functions: functions))
    }

    func registerEventSources(_ operations: inout OperationRouter) {
        operations.register(
            CreateEventSourceMapping(
                functions: functions, mappings: mappings, poller: poller,
                randomness: dependencies.randomness))
        operations.register(GetEventSourceMapping(mappings: mappings))
        operations.register(
            UpdateEventSourceMapping(functions: functions, mappings: mappings, poller: poller))
        operations.register(DeleteEventSourceMapping(mappings: mappings))
        operations.register(ListEventSourceMappings(mappings: mappings))
    }

    func registerPermissions(_ operations: inout OperationRouter) {
        operations.register(AddPermission(functions: functions))
        operations.register(GetPolicy(functions: functions))
        operations.register(RemovePermission(functions: functions))
    }

    func registerURLs(_ operations: inout OperationRouter) {
        operations.register(
            CreateFunctionUrlConfig(functions: functions, randomness: dependencies.randomness))
        operations.register(DeleteFunctionUrlConfig(functions: functions))
        operations.register(GetFunctionUrlConfig(functions: functions))
        operations.register(ListFunctionUrlConfigs(functions: functions))
        operations.register(UpdateFunctionUrlConfig(functions: functions))
    }

    func registerInvocation(_ operations: inout OperationRouter) {
        operations.register(
            Invoke(functions: functions, invoker: invoker, asynchronous: asynchronous))
        operations.register(InvokeAsync(functions: functions, asynchronous: asynchronous))
        operations.register(InvokeWithResponseStream(functions: functions, invoker: invoker))
        operations.register(PutFunctionEventInvokeConfig(functions: functions))
        operations.register(UpdateFunctionEventInvokeConfig(functions: functions))
        operations.register(GetFunctionEventInvokeConfig(functions: functions))
        operations.register(DeleteFunctionEventInvokeConfig(functions: functions))
        operations.register(ListFunctionEventInvokeConfigs(functions: functions))
        operations.register(GetFunctionRecursionConfig(functions: functions))
        operations.register(PutFunctionRecursionConfig(functions: functions))
    }
}
