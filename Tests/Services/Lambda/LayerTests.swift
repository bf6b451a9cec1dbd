import FoundationEssentials
import LambdaModel
import Platform
import Sandbox
import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Layers")
struct LayerTests {
    private static let arn = "arn:aws:lambda:us-east-1:123456789012:layer:tools"

    @discardableResult
    private func publish(
        _ test: LambdaCloud, _ name: String = "tools", _ content: String = "tool",
        in context: RequestContext? = nil,
        _ change: (inout PublishLayerVersionRequest) -> Void = { _ in }
    ) async throws -> PublishLayerVersionResponse {
        var request = PublishLayerVersionRequest(
            layerName: name,
            content: LayerVersionContentInput(
                zipFile: ZipFixture(["python/\(name).py": content]).bytes))
        change(&request)
        return try await test.call(LambdaAPI.publishLayerVersion, request, in: context)
    }

    @Test("a layer's versions are numbered and never change")
    func publish() async throws {
        let test = try await LambdaCloud()
        let first = try await publish(test) { request in
            request.description = "tools"
            request.compatibleRuntimes = ["python3.12"]
            request.licenseInfo = "MIT"
            request.compatibleArchitectures = ["x86_64"]
        }
        #expect(first.version == 1 && first.layerArn == Self.arn)
        #expect(first.layerVersionArn == "\(Self.arn):1")
        #expect(first.createdDate == "2026-01-01T00:00:00.000+0000")
        #expect(try await publish(test, "tools", "other").version == 2)
        let found = try await test.call(
            LambdaAPI.getLayerVersion,
            GetLayerVersionRequest(layerName: "tools", versionNumber: 1))
        #expect(found.content?.codeSha256 == first.content?.codeSha256)
        #expect(found.compatibleRuntimes == ["python3.12"] && found.licenseInfo == "MIT")
        let byARN = try await test.call(
            LambdaAPI.getLayerVersionByArn, GetLayerVersionByArnRequest(arn: "\(Self.arn):1"))
        #expect(byARN.layerVersionArn == found.layerVersionArn)
        #expect(found.content?.location?.contains(".lambda-code.us-east-1.") == true)
    }

    @Test("layers are listed with their newest version, and versions the newest first")
    func list() async throws {
        let test = try await LambdaCloud()
        for _ in 0..<3 { try await publish(test) }
        try await publish(test, "boto") { $0.compatibleRuntimes = ["python3.12"] }
        let layers = try await test.call(LambdaAPI.listLayers, ListLayersRequest(maxItems: 1))
        #expect(layers.layers?.map(\.layerName) == ["boto"])
        let rest = try await test.call(
            LambdaAPI.listLayers, ListLayersRequest(marker: layers.nextMarker))
        #expect(rest.layers?.map(\.latestMatchingVersion?.version) == [3])
        let matching = try await test.call(
            LambdaAPI.listLayers, ListLayersRequest(compatibleRuntime: "python3.12"))
        #expect(matching.layers?.map(\.layerName) == ["boto"])
        let versions = try await test.call(
            LambdaAPI.listLayerVersions,
            ListLayerVersionsRequest(layerName: "tools", maxItems: 2))
        #expect(versions.layerVersions?.map(\.version) == [3, 2])
        let last = try await test.call(
            LambdaAPI.listLayerVersions,
            ListLayerVersionsRequest(layerName: Self.arn, marker: versions.nextMarker))
        #expect(last.layerVersions?.map(\.version) == [1] && last.nextMarker == nil)
    }

    @Test("a function has its layers in order, and keeps one that is deleted")
    func attached() async throws {
        let test = try await LambdaCloud()
        let first = try #require(try await publish(test).layerVersionArn)
        let second = try #require(try await publish(test, "boto").layerVersionArn)
        let made = try await test.create { $0.layers = [first, second] }
        #expect(made.layers?.map(\.arn) == [first, second])
        for _ in 0..<2 {
            try await test.call(
                LambdaAPI.deleteLayerVersion,
                DeleteLayerVersionRequest(layerName: "tools", versionNumber: 1))
        }
        _ = try await test.invoke()
        let directories = try #require(test.host.invocations.first?.1.layerDirectories)
        #expect(directories.count == 2)
        #expect(
            try String(contentsOfFile: directories[0] + "/python/tools.py", encoding: .utf8)
                == "tool")
        await expectError(
            "ResourceNotFoundException", "The resource you requested does not exist."
        ) {
            try await test.call(
                LambdaAPI.getLayerVersion,
                GetLayerVersionRequest(layerName: "tools", versionNumber: 1))
        }
        await expectError(
            "InvalidParameterValueException", "Layer version \(first) does not exist."
        ) { try await test.create("new") { $0.layers = [first] } }
        let without = try await test.call(
            LambdaAPI.updateFunctionConfiguration,
            UpdateFunctionConfigurationRequest(functionName: "orders", layers: []))
        #expect(without.layers == nil)
        #expect(try await publish(test).version == 2)
    }

    @Test("what cannot be a function's layers is refused")
    func refused() async throws {
        let test = try await LambdaCloud()
        for _ in 0..<2 { try await publish(test) }
        await expectError(
            "InvalidParameterValueException",
            "Two different versions of the same layer are not allowed to be referenced in the "
                + "same function. \(Self.arn):1 and \(Self.arn):2 are versions of the same layer."
        ) { try await test.create { $0.layers = ["\(Self.arn):1", "\(Self.arn):2"] } }
        await expectError(
            "InvalidParameterValueException",
            "Layers are not in the same region as the function. Layers are expected to be in "
                + "region us-east-1."
        ) {
            try await test.create {
                $0.layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"]
            }
        }
        let many = (0..<6).map { "arn:aws:lambda:us-east-1:123456789012:layer:l\($0):1" }
        await expectError(
            "InvalidParameterValueException", "Cannot reference more than 5 layers."
        ) { try await test.create { $0.layers = many } }
        await expectError(
            "InvalidParameterValueException", "Layer Version Cannot be less than 1."
        ) {
            try await test.call(
                LambdaAPI.getLayerVersion,
                GetLayerVersionRequest(layerName: "tools", versionNumber: 0))
        }
        await expectError("ValidationException") {
            try await test.call(
                LambdaAPI.getLayerVersionByArn, GetLayerVersionByArnRequest(arn: Self.arn))
        }
    }

    @Test("a version of a layer has a policy")
    func policy() async throws {
        let test = try await LambdaCloud()
        try await publish(test)
        await expectError(
            "ResourceNotFoundException", "No policy is associated with the given resource."
        ) {
            try await test.call(
                LambdaAPI.getLayerVersionPolicy,
                GetLayerVersionPolicyRequest(layerName: "tools", versionNumber: 1))
        }
        let request = AddLayerVersionPermissionRequest(
            layerName: "tools", versionNumber: 1, statementId: "all",
            action: "lambda:GetLayerVersion", principal: "*", organizationId: "o-1234567890")
        let added = try await test.call(LambdaAPI.addLayerVersionPermission, request)
        #expect(added.statement?.contains("aws:PrincipalOrgID") == true)
        await expectError("ResourceConflictException") {
            try await test.call(LambdaAPI.addLayerVersionPermission, request)
        }
        let policy = try await test.call(
            LambdaAPI.getLayerVersionPolicy,
            GetLayerVersionPolicyRequest(layerName: "tools", versionNumber: 1))
        #expect(policy.revisionId == added.revisionId)
        #expect(policy.policy?.contains("\(Self.arn):1") == true)
        await expectError("PreconditionFailedException") {
            try await test.call(
                LambdaAPI.removeLayerVersionPermission,
                RemoveLayerVersionPermissionRequest(
                    layerName: "tools", versionNumber: 1, statementId: "all", revisionId: "no"))
        }
        try await test.call(
            LambdaAPI.removeLayerVersionPermission,
            RemoveLayerVersionPermissionRequest(
                layerName: "tools", versionNumber: 1, statementId: "all"))
        await expectError(
            "ResourceNotFoundException", "Layer version \(Self.arn):9 does not exist."
        ) {
            try await test.call(
                LambdaAPI.getLayerVersionPolicy,
                GetLayerVersionPolicyRequest(layerName: "tools", versionNumber: 9))
        }
    }

    @Test("a deleted version goes for good once no function has it")
    func purged() async throws {
        let test = try await LambdaCloud()
        let arn = try #require(try await publish(test).layerVersionArn)
        try await test.create { $0.layers = [arn] }
        try await test.call(
            LambdaAPI.deleteLayerVersion,
            DeleteLayerVersionRequest(layerName: "tools", versionNumber: 1))
        #expect(try await test.lambda.layers.purge().isEmpty)
        try await test.call(
            LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders"))
        #expect(try await test.lambda.layers.purge().count == 1)
    }
}
