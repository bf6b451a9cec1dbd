import LambdaModel
import Platform
import Sandbox
import ServiceKit
import Synchronization
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Concurrency")
struct ConcurrencyTests {
    private func reserve(_ test: LambdaCloud, _ count: Int, for name: String = "orders")
        async throws
    {
        try await test.call(
            LambdaAPI.putFunctionConcurrency,
            PutFunctionConcurrencyRequest(
                functionName: name, reservedConcurrentExecutions: count))
    }

    @Test("a function's own concurrency bounds it, and is missing to the others")
    func reserved() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await reserve(test, 0)
        do {
            _ = try await test.invoke()
            Issue.record("it was invoked")
        } catch let error as AWSError {
            #expect(error.code == "TooManyRequestsException")
            #expect(
                error.fields["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded")
        }
        try await reserve(test, 5)
        _ = try await test.invoke()
        let settings = try await test.call(
            LambdaAPI.getAccountSettings, GetAccountSettingsRequest())
        #expect(settings.accountLimit?.unreservedConcurrentExecutions == 995)
        let function = try await test.call(
            LambdaAPI.getFunction, GetFunctionRequest(functionName: "orders"))
        #expect(function.concurrency?.reservedConcurrentExecutions == 5)
        try await test.call(
            LambdaAPI.deleteFunctionConcurrency,
            DeleteFunctionConcurrencyRequest(functionName: "orders"))
        let none = try await test.call(
            LambdaAPI.getFunctionConcurrency, GetFunctionConcurrencyRequest(functionName: "orders"))
        #expect(none.reservedConcurrentExecutions == nil)
    }

    @Test("a hundred are left for all functions")
    func least() async throws {
        let test = try await LambdaCloud()
        try await test.create("a")
        try await test.create("b")
        try await reserve(test, 500, for: "a")
        try await reserve(test, 400, for: "b")
        try await reserve(test, 500, for: "a")
        await expectError(
            "InvalidParameterValueException",
            "Specified ReservedConcurrentExecutions for function decreases account's "
                + "UnreservedConcurrentExecution below its minimum value of [100]."
        ) { try await reserve(test, 401, for: "b") }
        await expectError("ResourceNotFoundException") { try await reserve(test, 1, for: "c") }
    }

    @Test("provisioned concurrency is kept warm on the host, and let go again")
    func provisioned() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        let put = PutProvisionedConcurrencyConfigRequest(
            functionName: "orders", qualifier: "1", provisionedConcurrentExecutions: 3)
        let answer = try await test.call(LambdaAPI.putProvisionedConcurrencyConfig, put)
        #expect(answer.status == "IN_PROGRESS")
        let get = GetProvisionedConcurrencyConfigRequest(functionName: "orders", qualifier: "1")
        try await test.whileRunning {
            await test.eventually {
                try await test.call(LambdaAPI.getProvisionedConcurrencyConfig, get).status
                    == "READY"
            }
            #expect(test.host.kept.values.map(\.self) == [3])
            let list = try await test.call(
                LambdaAPI.listProvisionedConcurrencyConfigs,
                ListProvisionedConcurrencyConfigsRequest(functionName: "orders"))
            let item = list.provisionedConcurrencyConfigs?.first
            #expect(item?.functionArn?.hasSuffix(":orders:1") == true)
            #expect(item?.allocatedProvisionedConcurrentExecutions == 3)
            try await test.call(
                LambdaAPI.deleteProvisionedConcurrencyConfig,
                DeleteProvisionedConcurrencyConfigRequest(functionName: "orders", qualifier: "1"))
            await test.eventually { test.host.kept.isEmpty }
        }
        await expectError(
            "ProvisionedConcurrencyConfigNotFoundException",
            "No Provisioned Concurrency Config found for this function"
        ) { try await test.call(LambdaAPI.getProvisionedConcurrencyConfig, get) }
    }

    @Test("what cannot be provisioned is refused")
    func unprovisionable() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        try await test.call(
            LambdaAPI.createAlias,
            CreateAliasRequest(functionName: "orders", name: "live", functionVersion: "1"))
        func put(_ qualifier: String, _ count: Int) async throws {
            try await test.call(
                LambdaAPI.putProvisionedConcurrencyConfig,
                PutProvisionedConcurrencyConfigRequest(
                    functionName: "orders", qualifier: qualifier,
                    provisionedConcurrentExecutions: count))
        }
        await expectError(
            "InvalidParameterValueException",
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions."
        ) { try await put("$LATEST", 1) }
        await expectError("InvalidParameterValueException") { try await put("1", 901) }
        try await put("1", 2)
        await expectError("ResourceConflictException") { try await put("live", 1) }
        await expectError("InvalidParameterValueException") { try await reserve(test, 1) }
        try await reserve(test, 2)
        await expectError("InvalidParameterValueException") { try await put("1", 3) }
    }
}

@Suite("Configurations beside a function")
struct QualifierConfigTests {
    private static let arn = "arn:aws:lambda:us-east-1:123456789012:function:orders"

    @Test("what becomes of events is configured for a qualifier")
    func eventInvoke() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        let get = GetFunctionEventInvokeConfigRequest(functionName: "orders")
        await expectError(
            "ResourceNotFoundException",
            "The function \(Self.arn):$LATEST doesn't have an EventInvokeConfig"
        ) { try await test.call(LambdaAPI.getFunctionEventInvokeConfig, get) }
        let queue = "arn:aws:sqs:us-east-1:123456789012:failed"
        let made = try await test.call(
            LambdaAPI.putFunctionEventInvokeConfig,
            PutFunctionEventInvokeConfigRequest(
                functionName: "orders", maximumRetryAttempts: 1,
                destinationConfig: DestinationConfig(onFailure: OnFailure(destination: queue))))
        #expect(made.functionArn == "\(Self.arn):$LATEST" && made.maximumRetryAttempts == 1)
        #expect(made.destinationConfig?.onFailure?.destination == queue)
        #expect(made.destinationConfig?.onSuccess != nil)
        let changed = try await test.call(
            LambdaAPI.updateFunctionEventInvokeConfig,
            UpdateFunctionEventInvokeConfigRequest(
                functionName: "orders", maximumEventAgeInSeconds: 60))
        #expect(changed.maximumRetryAttempts == 1 && changed.maximumEventAgeInSeconds == 60)
        try await test.call(
            LambdaAPI.putFunctionEventInvokeConfig,
            PutFunctionEventInvokeConfigRequest(
                functionName: "orders", qualifier: "1", maximumRetryAttempts: 0))
        let list = try await test.call(
            LambdaAPI.listFunctionEventInvokeConfigs,
            ListFunctionEventInvokeConfigsRequest(functionName: "orders"))
        #expect(list.functionEventInvokeConfigs?.count == 2)
        try await test.call(
            LambdaAPI.deleteFunctionEventInvokeConfig,
            DeleteFunctionEventInvokeConfigRequest(functionName: "orders"))
        await expectError("ResourceNotFoundException") {
            try await test.call(LambdaAPI.getFunctionEventInvokeConfig, get)
        }
    }

    @Test("what is no configuration of events is refused")
    func badEventInvoke() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        func put(_ change: (inout PutFunctionEventInvokeConfigRequest) -> Void) async throws {
            var request = PutFunctionEventInvokeConfigRequest(functionName: "orders")
            change(&request)
            try await test.call(LambdaAPI.putFunctionEventInvokeConfig, request)
        }
        await expectError(
            "InvalidParameterValueException",
            "You must specify at least one of error handling or destination setting."
        ) { try await put { _ in } }
        await expectError("ResourceNotFoundException", "The function doesn't exist.") {
            try await put {
                $0.functionName = "none"
                $0.maximumRetryAttempts = 1
            }
        }
        for destination in [Self.arn, "arn:aws:iam::123456789012:role/x"] {
            await expectError("InvalidParameterValueException") {
                try await put {
                    $0.destinationConfig = DestinationConfig(
                        onSuccess: OnSuccess(destination: destination))
                }
            }
        }
    }

    @Test("runtime management and recursion are kept and told")
    func management() async throws {
        let test = try await LambdaCloud()
        let made = try await test.create()
        let get = GetRuntimeManagementConfigRequest(functionName: "orders")
        let before = try await test.call(LambdaAPI.getRuntimeManagementConfig, get)
        #expect(before.updateRuntimeOn == "Auto" && before.functionArn == "\(Self.arn):$LATEST")
        try await test.call(
            LambdaAPI.putRuntimeManagementConfig,
            PutRuntimeManagementConfigRequest(
                functionName: "orders", updateRuntimeOn: "Manual",
                runtimeVersionArn: made.runtimeVersionConfig?.runtimeVersionArn))
        let after = try await test.call(LambdaAPI.getRuntimeManagementConfig, get)
        #expect(after.updateRuntimeOn == "Manual" && after.runtimeVersionArn != nil)
        await expectError("InvalidParameterValueException") {
            try await test.call(
                LambdaAPI.putRuntimeManagementConfig,
                PutRuntimeManagementConfigRequest(
                    functionName: "orders", updateRuntimeOn: "Manual"))
        }
        try await test.call(
            LambdaAPI.putFunctionRecursionConfig,
            PutFunctionRecursionConfigRequest(functionName: "orders", recursiveLoop: "Allow"))
        let recursion = try await test.call(
            LambdaAPI.getFunctionRecursionConfig,
            GetFunctionRecursionConfigRequest(functionName: "orders"))
        #expect(recursion.recursiveLoop == "Allow")
    }

    @Test("code signing is configured, and unsigned code is refused where it is enforced")
    func codeSigning() async throws {
        let test = try await LambdaCloud()
        let publishers = AllowedPublishers(
            signingProfileVersionArns: [
                "arn:aws:signer:us-east-1:123456789012:/signing-profiles/p/1"
            ])
        let made = try await test.call(
            LambdaAPI.createCodeSigningConfig,
            CreateCodeSigningConfigRequest(allowedPublishers: publishers)
        ).codeSigningConfig
        #expect(made.codeSigningPolicies.untrustedArtifactOnDeployment == "Warn")
        let arn = made.codeSigningConfigArn
        try await test.create { $0.codeSigningConfigArn = arn }
        let attached = try await test.call(
            LambdaAPI.getFunctionCodeSigningConfig,
            GetFunctionCodeSigningConfigRequest(functionName: "orders"))
        #expect(attached.codeSigningConfigArn == arn)
        let users = try await test.call(
            LambdaAPI.listFunctionsByCodeSigningConfig,
            ListFunctionsByCodeSigningConfigRequest(codeSigningConfigArn: arn))
        #expect(users.functionArns == [Self.arn])
        await expectError("ResourceConflictException") {
            try await test.call(
                LambdaAPI.deleteCodeSigningConfig,
                DeleteCodeSigningConfigRequest(codeSigningConfigArn: arn))
        }
        try await test.call(
            LambdaAPI.updateCodeSigningConfig,
            UpdateCodeSigningConfigRequest(
                codeSigningConfigArn: arn,
                codeSigningPolicies: CodeSigningPolicies(untrustedArtifactOnDeployment: "Enforce")))
        await expectError("CodeVerificationFailedException") {
            try await test.call(
                LambdaAPI.updateFunctionCode,
                UpdateFunctionCodeRequest(
                    functionName: "orders", zipFile: ZipFixture(["app.py": "x"]).bytes))
        }
        try await test.call(
            LambdaAPI.deleteFunctionCodeSigningConfig,
            DeleteFunctionCodeSigningConfigRequest(functionName: "orders"))
        try await test.call(
            LambdaAPI.putFunctionCodeSigningConfig,
            PutFunctionCodeSigningConfigRequest(codeSigningConfigArn: arn, functionName: "orders"))
        try await test.call(
            LambdaAPI.deleteFunctionCodeSigningConfig,
            DeleteFunctionCodeSigningConfigRequest(functionName: "orders"))
        #expect(
            try await test.call(
                LambdaAPI.listCodeSigningConfigs, ListCodeSigningConfigsRequest()
            ).codeSigningConfigs?.count == 1)
        try await test.call(
            LambdaAPI.deleteCodeSigningConfig,
            DeleteCodeSigningConfigRequest(codeSigningConfigArn: arn))
        await expectError("CodeSigningConfigNotFoundException") {
            try await test.call(
                LambdaAPI.getCodeSigningConfig,
                GetCodeSigningConfigRequest(codeSigningConfigArn: arn))
        }
    }
}
