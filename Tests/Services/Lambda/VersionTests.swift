import LambdaModel
import Platform
import Sandbox
import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Versions and aliases")
struct VersionTests {
    private static let arn = "arn:aws:lambda:us-east-1:123456789012:function:orders"

    private func publish(
        _ test: LambdaCloud, _ change: (inout PublishVersionRequest) -> Void = { _ in }
    ) async throws -> FunctionConfiguration {
        var request = PublishVersionRequest(functionName: "orders")
        change(&request)
        return try await test.call(LambdaAPI.publishVersion, request)
    }

    private func update(_ test: LambdaCloud, code: String) async throws {
        try await test.call(
            LambdaAPI.updateFunctionCode,
            UpdateFunctionCodeRequest(
                functionName: "orders", zipFile: ZipFixture(["app.py": code]).bytes))
    }

    @Test("a published version stays as it is, whatever becomes of the function")
    func immutable() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let first = try await publish(test) { $0.description = "first" }
        #expect(first.version == "1" && first.description == "first")
        #expect(first.functionArn == "\(Self.arn):1")
        try await update(test, code: "other")
        let second = try await publish(test)
        #expect(second.version == "2" && second.description == "")
        #expect(second.codeSha256 != first.codeSha256)

        for version in ["1", "2", "$LATEST"] {
            let answer = try await test.invoke { $0.qualifier = version }
            #expect(answer.executedVersion == version)
        }
        let deployments = test.host.invocations.map(\.1)
        #expect(deployments.map(\.functionVersion) == ["1", "2", "$LATEST"])
        #expect(Set(deployments.map(\.id)).count == 3)
        #expect(deployments[0].codeDirectory != deployments[1].codeDirectory)
        #expect(test.host.invocations[0].0.invokedFunctionARN == "\(Self.arn):1")
    }

    @Test("what has not changed is not published again")
    func unchanged() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let first = try await publish(test) { $0.description = "first" }
        let again = try await publish(test) { $0.description = "again" }
        #expect(again.version == "1" && again.revisionId == first.revisionId)
        #expect(again.description == "first")
        try await update(test, code: "code")
        #expect(try await publish(test).version == "1")
        try await test.call(
            LambdaAPI.updateFunctionConfiguration,
            UpdateFunctionConfigurationRequest(functionName: "orders", description: "new"))
        #expect(try await publish(test).version == "2")
    }

    @Test("publishing checks the code and the revision that the caller knows")
    func preconditions() async throws {
        let test = try await LambdaCloud()
        let made = try await test.create()
        await expectError("PreconditionFailedException") {
            _ = try await publish(test) { $0.revisionId = "another" }
        }
        let digest = try #require(made.codeSha256)
        await expectError(
            "InvalidParameterValueException",
            "CodeSHA256 (AAAA) is different from current CodeSHA256 in $LATEST (\(digest)). "
                + "Please try again with the CodeSHA256 in $LATEST."
        ) { _ = try await publish(test) { $0.codeSha256 = "AAAA" } }
        let version = try await publish(test) { request in
            request.codeSha256 = digest
            request.revisionId = made.revisionId
        }
        #expect(version.version == "1")
        await expectError(
            "ResourceNotFoundException",
            "Function not found: arn:aws:lambda:us-east-1:123456789012:function:none"
        ) {
            try await test.call(
                LambdaAPI.publishVersion, PublishVersionRequest(functionName: "none"))
        }
    }

    @Test("Publish makes a version at once")
    func publishFlag() async throws {
        let test = try await LambdaCloud()
        #expect(try await test.create { $0.publish = true }.version == "1")
        let zip = ZipFixture(["app.py": "other"]).bytes
        let changed = try await test.call(
            LambdaAPI.updateFunctionCode,
            UpdateFunctionCodeRequest(functionName: "orders", zipFile: zip, publish: true))
        #expect(changed.version == "2" && changed.functionArn == "\(Self.arn):2")
        let list = try await test.call(
            LambdaAPI.listVersionsByFunction,
            ListVersionsByFunctionRequest(functionName: "orders", maxItems: 2))
        #expect(list.versions?.map(\.functionArn) == ["\(Self.arn):$LATEST", "\(Self.arn):1"])
        let rest = try await test.call(
            LambdaAPI.listVersionsByFunction,
            ListVersionsByFunctionRequest(functionName: "orders", marker: list.nextMarker))
        #expect(rest.versions?.map(\.version) == ["2"] && rest.nextMarker == nil)
        let all = try await test.call(
            LambdaAPI.listFunctions, ListFunctionsRequest(functionVersion: "ALL"))
        #expect(all.functions?.map(\.version) == ["$LATEST", "1", "2"])
    }

    @Test("versions are numbered on, also after one is deleted")
    func deleted() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        try await test.call(
            LambdaAPI.deleteFunction,
            DeleteFunctionRequest(functionName: "orders", qualifier: "1"))
        await expectError("ResourceNotFoundException", "Function not found: \(Self.arn):1") {
            _ = try await test.invoke { $0.qualifier = "1" }
        }
        _ = try await test.invoke()
        #expect(try await publish(test).version == "2")
    }

    @Test("an alias names a version, and can name another later")
    func alias() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        try await update(test, code: "other")
        _ = try await publish(test)
        let alias = try await test.call(
            LambdaAPI.createAlias,
            CreateAliasRequest(functionName: "orders", name: "live", functionVersion: "1"))
        #expect(alias.aliasArn == "\(Self.arn):live" && alias.functionVersion == "1")
        #expect(alias.description == "" && alias.routingConfig == nil)
        #expect(try await test.invoke { $0.qualifier = "live" }.executedVersion == "1")
        let changed = try await test.call(
            LambdaAPI.updateAlias,
            UpdateAliasRequest(
                functionName: "orders", name: "live", functionVersion: "2",
                revisionId: alias.revisionId))
        #expect(changed.revisionId != alias.revisionId)
        #expect(try await test.invoke { $0.qualifier = "live" }.executedVersion == "2")
        #expect(test.host.invocations.last?.0.invokedFunctionARN == "\(Self.arn):live")
        let found = try await test.call(
            LambdaAPI.getFunctionConfiguration,
            GetFunctionConfigurationRequest(functionName: "orders:live"))
        #expect(found.version == "2" && found.functionArn == "\(Self.arn):live")
        await expectError("PreconditionFailedException") {
            try await test.call(
                LambdaAPI.updateAlias,
                UpdateAliasRequest(
                    functionName: "orders", name: "live", revisionId: alias.revisionId))
        }
        let list = try await test.call(
            LambdaAPI.listAliases,
            ListAliasesRequest(functionName: "orders", functionVersion: "2"))
        #expect(list.aliases?.map(\.revisionId) == [changed.revisionId])
        let same = try await test.call(
            LambdaAPI.getAlias, GetAliasRequest(functionName: "orders", name: "live"))
        #expect(same.functionVersion == "2")
    }

    @Test("an alias that is gone, or was never there, is not found")
    func missingAlias() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        try await test.call(
            LambdaAPI.createAlias,
            CreateAliasRequest(functionName: "orders", name: "live", functionVersion: "1"))
        await expectError(
            "ResourceConflictException", "Alias already exists: \(Self.arn):live"
        ) {
            try await test.call(
                LambdaAPI.createAlias,
                CreateAliasRequest(functionName: "orders", name: "live", functionVersion: "1"))
        }
        await expectError(
            "ResourceConflictException",
            "Unable to delete version because the following aliases reference it: [live]"
        ) {
            try await test.call(
                LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders:1"))
        }
        await expectError(
            "InvalidParameterValueException", "Deletion of aliases is not currently supported."
        ) {
            try await test.call(
                LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders:live"))
        }
        for _ in 0..<2 {
            try await test.call(
                LambdaAPI.deleteAlias, DeleteAliasRequest(functionName: "orders", name: "live"))
        }
        await expectError(
            "ResourceNotFoundException", "Cannot find alias arn: \(Self.arn):live"
        ) {
            try await test.call(
                LambdaAPI.getAlias, GetAliasRequest(functionName: "orders", name: "live"))
        }
        await expectError("ResourceNotFoundException", "Function not found: \(Self.arn):live") {
            _ = try await test.invoke { $0.qualifier = "live" }
        }
        await expectError("ResourceNotFoundException", "Function not found: \(Self.arn):7") {
            try await test.call(
                LambdaAPI.createAlias,
                CreateAliasRequest(functionName: "orders", name: "new", functionVersion: "7"))
        }
    }

    @Test("an alias of two versions sends its part of the events to each")
    func weights() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        try await update(test, code: "other")
        _ = try await publish(test)
        try await test.call(
            LambdaAPI.createAlias,
            CreateAliasRequest(
                functionName: "orders", name: "live", functionVersion: "1",
                routingConfig: AliasRoutingConfiguration(additionalVersionWeights: ["2": 0.25])))
        var counts: [String: Int] = [:]
        for _ in 0..<400 {
            let answer = try await test.invoke { $0.qualifier = "live" }
            counts[answer.executedVersion ?? "", default: 0] += 1
        }
        #expect(counts["1", default: 0] + counts["2", default: 0] == 400)
        #expect((60...140).contains(counts["2", default: 0]))
        try await test.call(
            LambdaAPI.updateAlias,
            UpdateAliasRequest(
                functionName: "orders", name: "live",
                routingConfig: AliasRoutingConfiguration(additionalVersionWeights: [:])))
        let alias = try await test.call(
            LambdaAPI.getAlias, GetAliasRequest(functionName: "orders", name: "live"))
        #expect(alias.routingConfig == nil)
    }

    @Test(
        "an impossible routing is refused",
        arguments: [("$LATEST", ["1": 0.5]), ("1", ["1": 0.5]), ("1", ["$LATEST": 0.5])])
    func routing(version: String, weights: [String: Double]) async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        await expectError("InvalidParameterValueException") {
            try await test.call(
                LambdaAPI.createAlias,
                CreateAliasRequest(
                    functionName: "orders", name: "live", functionVersion: version,
                    routingConfig: AliasRoutingConfiguration(additionalVersionWeights: weights)))
        }
    }

    @Test("a version or alias has a policy and a revision of its own")
    func policies() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.publish = true }
        let alias = try await test.call(
            LambdaAPI.createAlias,
            CreateAliasRequest(functionName: "orders", name: "live", functionVersion: "1"))
        try await test.call(
            LambdaAPI.addPermission,
            AddPermissionRequest(
                functionName: "orders", statementId: "s", action: "lambda:InvokeFunction",
                principal: "events.amazonaws.com", qualifier: "live",
                revisionId: alias.revisionId))
        let policy = try await test.call(
            LambdaAPI.getPolicy, GetPolicyRequest(functionName: "orders", qualifier: "live"))
        #expect(policy.policy?.contains("\(Self.arn):live") == true)
        #expect(policy.revisionId != alias.revisionId)
        await expectError("ResourceNotFoundException") {
            try await test.call(LambdaAPI.getPolicy, GetPolicyRequest(functionName: "orders"))
        }
    }
}
