import FoundationEssentials
import HTTPTypes
import LambdaModel
import NIOCore
import Platform
import Sandbox
import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Functions")
struct FunctionTests {
    @Test("a new function is active and answers its whole configuration")
    func create() async throws {
        let test = try await LambdaCloud()
        let zip = ZipFixture(["app.py": "code"]).bytes
        let made = try await test.create { request in
            request.environment = Environment(variables: ["TABLE": "orders"])
            request.tags = ["team": "sales"]
        }
        #expect(made.functionArn == "arn:aws:lambda:us-east-1:123456789012:function:orders")
        #expect(made.codeSize == zip.count)
        #expect(made.state == "Active" && made.lastUpdateStatus == "Successful")
        #expect(made.lastModified == "2026-01-01T00:00:00.000+0000")
        #expect(made.timeout == 3 && made.memorySize == 128 && made.version == "$LATEST")
        #expect(made.environment?.variables == ["TABLE": "orders"])
        #expect(made.tracingConfig?.mode == "PassThrough" && made.packageType == "Zip")
        #expect(made.architectures == ["x86_64"] && made.ephemeralStorage?.size == 512)
        #expect(made.snapStart?.applyOn == "None" && made.snapStart?.optimizationStatus == "Off")
        #expect(made.loggingConfig?.logGroup == "/aws/lambda/orders")
        #expect(
            made.runtimeVersionConfig?.runtimeVersionArn?.hasPrefix(
                "arn:aws:lambda:us-east-1::runtime:") == true)

        let found = try await test.call(
            LambdaAPI.getFunction, GetFunctionRequest(functionName: "orders"))
        #expect(found.configuration?.revisionId == made.revisionId)
        #expect(found.configuration?.codeSha256 == made.codeSha256)
        #expect(found.tags == ["team": "sales"])
        #expect(found.code?.repositoryType == "S3")
    }

    @Test("a function is found under its qualified ARN, which the answer gives")
    func qualified() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let found = try await test.call(
            LambdaAPI.getFunctionConfiguration,
            GetFunctionConfigurationRequest(functionName: "orders", qualifier: "$LATEST"))
        #expect(found.functionArn?.hasSuffix(":function:orders:$LATEST") == true)
        await expectError(
            "ResourceNotFoundException",
            "Function not found: arn:aws:lambda:us-east-1:123456789012:function:orders:7"
        ) {
            try await test.call(
                LambdaAPI.getFunctionConfiguration,
                GetFunctionConfigurationRequest(functionName: "orders", qualifier: "7"))
        }
    }

    @Test("a name is taken once an account and region")
    func conflict() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        await expectError("ResourceConflictException", "Function already exist: orders") {
            try await test.create()
        }
        try await test.create(in: test.cloud.context(region: "eu-west-1"))
    }

    @Test("accounts do not see each other's functions")
    func accounts() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let other = test.cloud.context(account: "210987654321")
        await expectError(
            "ResourceNotFoundException",
            "Function not found: arn:aws:lambda:us-east-1:210987654321:function:orders"
        ) {
            try await test.call(
                LambdaAPI.getFunction, GetFunctionRequest(functionName: "orders"), in: other)
        }
    }

    @Test(
        "a package that is no whole zip archive is refused",
        arguments: [
            (
                Array("no zip".utf8),
                "Could not unzip uploaded file. Please check your file, then "
                    + "try to upload again."
            ),
            (
                ZipFixture([:]).bytes,
                "Could not unzip uploaded file. Please check your file, then "
                    + "try to upload again."
            ),
            (
                ZipFixture(["../evil": "x"]).bytes,
                "Could not unzip uploaded file. Please check "
                    + "your file, then try to upload again."
            ),
            ([], "Uploaded file must be a non-empty zip"),
        ] as [([UInt8], String)])
    func badZip(zip: [UInt8], message: String) async throws {
        let test = try await LambdaCloud()
        await expectError("InvalidParameterValueException", message) {
            try await test.create(zip: zip)
        }
    }

    @Test("a package of more than 250 MiB is refused before it is unpacked")
    func bigZip() async throws {
        let test = try await LambdaCloud()
        var fixture = ZipFixture(["big": "x"])
        fixture.items[0].claimedSize = 262_144_001
        let zip = fixture.bytes
        await expectError(
            "InvalidParameterValueException", "Unzipped size must be smaller than 262144000 bytes"
        ) { try await test.create(zip: zip) }
    }

    @Test("an upload of more than 50 MiB is refused")
    func bigUpload() async throws {
        let test = try await LambdaCloud()
        await expectError(
            "RequestEntityTooLargeException",
            "Request must be smaller than 70167211 bytes for the CreateFunction operation"
        ) { try await test.create(zip: [UInt8](repeating: 0, count: 52_428_801)) }
    }

    struct BadRequest: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let message: String?
        let change: @Sendable (inout CreateFunctionRequest) -> Void

        init(
            _ testDescription: String, _ code: String, _ message: String? = nil,
            _ change: @escaping @Sendable (inout CreateFunctionRequest) -> Void
        ) {
            self.testDescription = testDescription
            self.code = code
            self.message = message
            self.change = change
        }
    }

    private static let badRequests: [BadRequest] = [
        .init(
            "without a runtime", "InvalidParameterValueException",
            "Runtime and Handler are mandatory parameters for functions created with deployment "
                + "packages."
        ) { $0.runtime = nil },
        .init(
            "without code", "InvalidParameterValueException",
            "Please provide a source for function code."
        ) { $0.code = FunctionCode() },
        .init("with a long name", "ValidationException") {
            $0.functionName = String(repeating: "x", count: 65)
        },
        .init(
            "with too long a timeout", "ValidationException",
            "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: "
                + "Member must have value less than or equal to 900"
        ) { $0.timeout = 901 },
        .init("with too much memory", "InvalidParameterValueException") { $0.memorySize = 10_241 },
        .init(
            "with a reserved variable", "InvalidParameterValueException",
            "Lambda was unable to configure your environment variables because the environment "
                + "variables you have provided contains reserved keys that are currently not "
                + "supported for modification. Reserved keys used in this request: AWS_REGION"
        ) { $0.environment = Environment(variables: ["AWS_REGION": "x"]) },
        .init("with large variables", "InvalidParameterValueException") {
            $0.environment = Environment(
                variables: ["LARGE": String(repeating: "x", count: 4_085)])
        },
        .init(
            "with a role that cannot be assumed", "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda."
        ) { $0.role = "arn:aws:iam::123456789012:role/refused" },
        .init(
            "with another account's role", "AccessDeniedException",
            "Cross-account pass role is not allowed."
        ) { $0.role = "arn:aws:iam::210987654321:role/worker" },
        .init(
            "from an image", "NotImplemented", "PackageType Image of Lambda is not served by Apus."
        ) {
            $0.packageType = "Image"
        },
        .init(
            "from a bucket that is not there", "InvalidParameterValueException",
            "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The "
                + "specified bucket does not exist"
        ) { $0.code = FunctionCode(s3Bucket: "none", s3Key: "app.zip") },
        .init("from a bucket that is closed", "AccessDeniedException") {
            $0.code = FunctionCode(s3Bucket: "closed", s3Key: "app.zip")
        },
        .init("from a bucket without a key", "InvalidParameterValueException") {
            $0.code = FunctionCode(s3Bucket: "code")
        },
        .init(
            "with a layer that is not there", "InvalidParameterValueException",
            "Layer version arn:aws:lambda:us-east-1:123456789012:layer:none:1 does not exist."
        ) { $0.layers = ["arn:aws:lambda:us-east-1:123456789012:layer:none:1"] },
        .init("in a VPC", "NotImplemented") { $0.vpcConfig = VpcConfig(subnetIds: ["subnet-1"]) },
        .init(
            "with log levels of text", "InvalidParameterValueException",
            "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is JSON."
        ) { $0.loggingConfig = LoggingConfig(logFormat: "Text", systemLogLevel: "WARN") },
        .init("with too many tags", "InvalidParameterValueException") {
            $0.tags = Dictionary(uniqueKeysWithValues: (0...50).map { ("\($0)", "") })
        },
    ]

    @Test("a function is refused", arguments: badRequests)
    func refused(bad: BadRequest) async throws {
        let test = try await LambdaCloud()
        await expectError(bad.code, bad.message) { try await test.create("orders", bad.change) }
        let list = try await test.call(LambdaAPI.listFunctions, ListFunctionsRequest())
        #expect(list.functions?.isEmpty == true)
    }

    @Test("code comes from S3")
    func fromS3() async throws {
        let test = try await LambdaCloud()
        let made = try await test.create {
            $0.code = FunctionCode(s3Bucket: "code", s3Key: "app.zip")
        }
        #expect(made.codeSize == CodeBucket.zip.count)
        let layer = try await test.call(
            LambdaAPI.publishLayerVersion,
            PublishLayerVersionRequest(
                layerName: "l",
                content: LayerVersionContentInput(s3Bucket: "code", s3Key: "app.zip")))
        #expect(layer.content?.codeSha256 == made.codeSha256)
        try await test.call(
            LambdaAPI.updateFunctionCode,
            UpdateFunctionCodeRequest(
                functionName: "orders", s3Bucket: "code", s3Key: "app.zip", s3ObjectVersion: "v"))
    }

    @Test("a function that runs from a directory is restarted after a file was saved")
    func hotReload() async throws {
        let test = try await LambdaCloud()
        let path = test.directory + "/work"
        try FileManager.default.createDirectory(
            atPath: path + "/inner", withIntermediateDirectories: true)
        try await test.create { $0.code = FunctionCode(s3Bucket: "hot-reload", s3Key: path) }
        for _ in 0..<2 { _ = try await test.invoke() }
        try "new".write(toFile: path + "/inner/app.py", atomically: false, encoding: .utf8)
        _ = try await test.invoke()
        let deployments = test.host.invocations.map(\.1)
        #expect(deployments.allSatisfy { $0.codeDirectory == path })
        #expect(deployments[0].id == deployments[1].id && deployments[1].id != deployments[2].id)
        #expect(test.host.retired == [deployments[0].id])
        await expectError("InvalidParameterValueException") {
            try await test.call(
                LambdaAPI.publishVersion, PublishVersionRequest(functionName: "orders"))
        }
        await expectError("InvalidParameterValueException") {
            try await test.create("other") {
                $0.code = FunctionCode(s3Bucket: "hot-reload", s3Key: "/does/not/exist")
            }
        }
    }

    @Test("empty lists ask for nothing that is not served")
    func empty() async throws {
        let test = try await LambdaCloud()
        try await test.create { request in
            request.layers = []
            request.vpcConfig = VpcConfig(subnetIds: [], securityGroupIds: [])
            request.deadLetterConfig = DeadLetterConfig()
        }
    }

    @Test("functions are listed by name, a page at a time")
    func list() async throws {
        let test = try await LambdaCloud()
        for name in ["c", "a", "b"] { try await test.create(name) }
        let first = try await test.call(
            LambdaAPI.listFunctions, ListFunctionsRequest(maxItems: 2))
        #expect(first.functions?.map(\.functionName) == ["a", "b"])
        #expect(first.functions?.first?.state == nil)
        let second = try await test.call(
            LambdaAPI.listFunctions,
            ListFunctionsRequest(functionVersion: "ALL", marker: first.nextMarker, maxItems: 2))
        #expect(second.functions?.map(\.functionArn).first??.hasSuffix(":c:$LATEST") == true)
        #expect(second.nextMarker == nil)
        await expectError("InvalidParameterValueException") {
            try await test.call(LambdaAPI.listFunctions, ListFunctionsRequest(marker: "%"))
        }
    }

    @Test("a changed configuration gets another revision, and the rest stays")
    func updateConfiguration() async throws {
        let test = try await LambdaCloud()
        let made = try await test.create()
        test.cloud.clock.advance(by: .seconds(60))
        let changed = try await test.call(
            LambdaAPI.updateFunctionConfiguration,
            UpdateFunctionConfigurationRequest(
                functionName: "orders", memorySize: 512, revisionId: made.revisionId))
        #expect(changed.memorySize == 512 && changed.handler == "app.handler")
        #expect(changed.revisionId != made.revisionId)
        #expect(changed.lastModified == "2026-01-01T00:01:00.000+0000")
        await expectError(
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the "
                + "GetFunction/GetAlias API to retrieve the latest Revision Id"
        ) {
            try await test.call(
                LambdaAPI.updateFunctionConfiguration,
                UpdateFunctionConfigurationRequest(
                    functionName: "orders", revisionId: made.revisionId))
        }
    }

    @Test("other code is what the next event runs, and can be tried first")
    func updateCode() async throws {
        let test = try await LambdaCloud()
        let made = try await test.create()
        _ = try await test.invoke()
        let zip = ZipFixture(["app.py": "other"]).bytes
        let preview = try await test.call(
            LambdaAPI.updateFunctionCode,
            UpdateFunctionCodeRequest(functionName: "orders", zipFile: zip, dryRun: true))
        #expect(preview.codeSha256 != made.codeSha256 && preview.revisionId == made.revisionId)
        let changed = try await test.call(
            LambdaAPI.updateFunctionCode,
            UpdateFunctionCodeRequest(functionName: "orders", zipFile: zip))
        #expect(changed.codeSha256 == preview.codeSha256)
        _ = try await test.invoke()
        let deployments = test.host.invocations.map(\.1)
        #expect(test.host.retired == [deployments[0].id])
        let code = try String(
            contentsOfFile: deployments[1].codeDirectory + "/app.py", encoding: .utf8)
        #expect(code == "other")
    }

    @Test("a deleted function is gone with all that belongs to it")
    func delete() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await test.call(
            LambdaAPI.createFunctionUrlConfig,
            CreateFunctionUrlConfigRequest(functionName: "orders", authType: "NONE"))
        _ = try await test.invoke()
        let answer = try await test.call(
            LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders"))
        #expect(answer.statusCode == 204)
        #expect(test.host.retired.count == 1)
        for _ in 0..<2 {
            await expectError("ResourceNotFoundException") {
                try await test.call(
                    LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders"))
            }
        }
        try await test.create()
        await expectError("ResourceNotFoundException") {
            try await test.call(
                LambdaAPI.getFunctionUrlConfig, GetFunctionUrlConfigRequest(functionName: "orders"))
        }
    }

    @Test("the version $LATEST cannot be deleted")
    func deleteLatest() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        await expectError(
            "InvalidParameterValueException",
            "$LATEST version cannot be deleted without deleting the function."
        ) {
            try await test.call(
                LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders:$LATEST"))
        }
    }

    @Test("a function's code can be downloaded where GetFunction says, as long as it has it")
    func download() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let found = try await test.call(
            LambdaAPI.getFunction, GetFunctionRequest(functionName: "orders"))
        let location = try #require(found.code?.location)
        #expect(location.hasSuffix(".lambda-code.us-east-1.localhost:4566/"))
        let id = String(location.dropFirst("http://".count).prefix { $0 != "." })
        let site = try #require(test.registry.sites[.functionCode])
        let address = HostedAddress(kind: .functionCode, id: id, path: "/")
        let request = WireRequest(method: .get, path: "/")
        let response = try await site.respond(to: request, at: address, in: test.cloud.context())
        let zip = try await response.body.collect(upTo: 1 << 20)
        #expect(Array(zip.readableBytesView) == ZipFixture(["app.py": "code"]).bytes)
        try await test.call(
            LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders"))
        await expectError("NotFound") {
            _ = try await site.respond(to: request, at: address, in: test.cloud.context())
        }
    }

    @Test("tags are added, replaced and taken away")
    func tags() async throws {
        let test = try await LambdaCloud()
        let arn = try #require(try await test.create { $0.tags = ["a": "1"] }.functionArn)
        try await test.call(
            LambdaAPI.tagResource, TagResourceRequest(resource: arn, tags: ["a": "2", "b": ""]))
        try await test.call(
            LambdaAPI.untagResource, UntagResourceRequest(resource: arn, tagKeys: ["b", "c"]))
        let list = try await test.call(LambdaAPI.listTags, ListTagsRequest(resource: arn))
        #expect(list.tags == ["a": "2"])
        await expectError("InvalidParameterValueException") {
            try await test.call(LambdaAPI.listTags, ListTagsRequest(resource: arn + ":1"))
        }
        await expectError("ResourceNotFoundException") {
            try await test.call(
                LambdaAPI.tagResource,
                TagResourceRequest(resource: arn + "-not", tags: ["a": "1"]))
        }
    }

    @Test("an account's settings count its functions and code")
    func settings() async throws {
        let test = try await LambdaCloud()
        let size = try await test.create("a").codeSize ?? 0
        try await test.create("b")
        let settings = try await test.call(
            LambdaAPI.getAccountSettings, GetAccountSettingsRequest())
        #expect(settings.accountUsage?.functionCount == 2)
        #expect(settings.accountUsage?.totalCodeSize == 2 * size)
        #expect(settings.accountLimit?.codeSizeUnzipped == 262_144_000)
        #expect(settings.accountLimit?.concurrentExecutions == 1_000)
    }
}
