import Platform
import SSMModel
import Storage
import TestKit
import Testing
import Wire

@testable import SSM

@Suite("Parameters")
struct ParameterTests {
    @Test("a parameter is answered as AWS answers it")
    func get() async throws {
        let ssm = try await SSMCloud()
        #expect(try await ssm.put("/app/url", "x") == 1)
        let parameter = try await ssm.get("/app/url")
        #expect(parameter.name == "/app/url")
        #expect(parameter.value == "x")
        #expect(parameter.type == "String")
        #expect(parameter.version == 1)
        #expect(parameter.dataType == "text")
        #expect(parameter.arn == "arn:aws:ssm:us-east-1:123456789012:parameter/app/url")
        #expect(parameter.lastModifiedDate == ssm.cloud.clock.now)
        #expect(try await ssm.get(parameter.arn ?? "").value == "x")
        await expectError("ParameterNotFound") { _ = try await ssm.get("none") }
    }

    @Test("a name with one slash in front is the name without it", arguments: ["a", "/a"])
    func leadingSlash(_ name: String) async throws {
        let ssm = try await SSMCloud()
        try await ssm.put(name, "x")
        for other in ["a", "/a"] {
            #expect(try await ssm.get(other).name == name)
            #expect(
                try await ssm.get(other).arn == "arn:aws:ssm:us-east-1:123456789012:parameter/a")
        }
    }

    @Test("to overwrite makes a version and keeps what is not said again")
    func overwrite() async throws {
        let ssm = try await SSMCloud()
        try await ssm.put("p", "1") { $0.description = "first" }
        await expectError(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in "
                + "the request to true."
        ) {
            try await ssm.put("p", "2")
        }
        #expect(try await ssm.put("p", "2", nil) { $0.overwrite = true } == 2)
        let described = try await ssm.call(
            SSMAPI.describeParameters, DescribeParametersRequest()
        ).parameters?.first
        #expect(described?.description == "first")
        #expect(described?.version == 2)
        #expect(described?.tier == "Standard")
        #expect(try await ssm.get("p:1").value == "1")
        #expect(try await ssm.get("p:1").selector == ":1")
        await expectError("ParameterVersionNotFound") { _ = try await ssm.get("p:3") }
        await expectError("ValidationException") {
            try await ssm.put("p", "3") {
                $0.overwrite = true
                $0.tags = [Tag(key: "a", value: "b")]
            }
        }
    }

    @Test("secure strings are encrypted at rest, and come in clear on demand")
    func secureStrings() async throws {
        let ssm = try await SSMCloud()
        try await ssm.put("s", "tulip", "SecureString")
        #expect(try await ssm.get("s", decrypted: true).value == "tulip")
        let sealed = try #require(try await ssm.get("s").value)
        #expect(sealed != "tulip")
        let stored = try await ssm.database.read {
            try $0.query("SELECT value FROM versions").map { $0.bytes(0) }
        }
        #expect(stored.map { Base64.encode($0) } == [sealed])
        let described = try await ssm.call(
            SSMAPI.describeParameters, DescribeParametersRequest()
        ).parameters?.first
        #expect(described?.keyId == "alias/aws/ssm")
        let history = try await ssm.call(
            SSMAPI.getParameterHistory,
            GetParameterHistoryRequest(name: "s", withDecryption: true)
        ).parameters
        #expect(history?.map(\.value) == ["tulip"])
        await expectError("InvalidKeyId") {
            try await ssm.put("t", "x", "SecureString") { $0.keyId = "alias/none" }
        }
    }

    @Test("advanced parameters are larger, and stay advanced")
    func tiers() async throws {
        let ssm = try await SSMCloud()
        let large = String(repeating: "x", count: 8192)
        await expectError("ValidationException") { try await ssm.put("p", large) }
        for type in ["String", "SecureString"] {
            let answer = try await ssm.call(
                SSMAPI.putParameter,
                PutParameterRequest(
                    name: type.lowercased(), value: large, type: type, tier: "Intelligent-Tiering"))
            #expect(answer.tier == "Advanced")
            #expect(try await ssm.get(type.lowercased(), decrypted: true).value == large)
        }
        await expectError("ValidationException") {
            try await ssm.put("string", "small") {
                $0.tier = "Standard"
                $0.overwrite = true
            }
        }
        await expectError("ValidationException") {
            try await ssm.put("q", large + "x") { $0.tier = "Advanced" }
        }
    }

    @Test("the default tier is a setting")
    func settings() async throws {
        let ssm = try await SSMCloud()
        let id = "/ssm/parameter-store/default-parameter-tier"
        let before = try await ssm.call(
            SSMAPI.getServiceSetting, GetServiceSettingRequest(settingId: id)
        ).serviceSetting
        #expect(before?.settingValue == "Standard")
        #expect(before?.status == "Default")
        _ = try await ssm.call(
            SSMAPI.updateServiceSetting,
            UpdateServiceSettingRequest(settingId: id, settingValue: "Advanced"))
        let answer = try await ssm.call(
            SSMAPI.putParameter, PutParameterRequest(name: "p", value: "1", type: "String"))
        #expect(answer.tier == "Advanced")
        let reset = try await ssm.call(
            SSMAPI.resetServiceSetting, ResetServiceSettingRequest(settingId: id))
        #expect(reset.serviceSetting?.settingValue == "Standard")
        await expectError("ServiceSettingNotFound") {
            try await ssm.call(
                SSMAPI.getServiceSetting, GetServiceSettingRequest(settingId: "/ssm/none"))
        }
    }

    @Test(
        "names that cannot be are refused in AWS's words",
        arguments: [
            ("aws_x", "ValidationException"), ("SSM-x", "ValidationException"),
            ("/aws/x", "AccessDeniedException"), ("/ssm/x/y", "ValidationException"),
            ("a/b", "ValidationException"), ("/a//b", "ValidationException"),
            ("/a b", "ValidationException"), ("/a/", "ValidationException"),
            ("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "HierarchyLevelLimitExceededException"),
        ])
    func names(_ name: String, _ code: String) async throws {
        let ssm = try await SSMCloud()
        await expectError(code) { try await ssm.put(name, "x") }
    }

    @Test("a value must match the allowed pattern, any part of it without anchors")
    func allowedPattern() async throws {
        let ssm = try await SSMCloud()
        try await ssm.put("p", "12") { $0.allowedPattern = "^\\d+$" }
        await expectError("ParameterPatternMismatchException") {
            try await ssm.put("p", "1a") { $0.overwrite = true }
        }
        try await ssm.put("q", "x1y") { $0.allowedPattern = "\\d" }
        await expectError("InvalidAllowedPatternException") {
            try await ssm.put("r", "x") { $0.allowedPattern = "(" }
        }
    }

    @Test("the hundredth version is the last; then the oldest goes, unless it has a label")
    func versionLimit() async throws {
        let ssm = try await SSMCloud()
        for number in 1...100 {
            #expect(try await ssm.put("p", "v") { $0.overwrite = true } == number)
        }
        #expect(try await ssm.put("p", "v") { $0.overwrite = true } == 101)
        await expectError("ParameterVersionNotFound") { _ = try await ssm.get("p:1") }
        _ = try await ssm.call(
            SSMAPI.labelParameterVersion,
            LabelParameterVersionRequest(name: "p", parameterVersion: 2, labels: ["keep"]))
        await expectError("ParameterMaxVersionLimitExceeded") {
            try await ssm.put("p", "v") { $0.overwrite = true }
        }
    }

    @Test("labels name a version, move, and are detached")
    func labels() async throws {
        let ssm = try await SSMCloud()
        for value in ["1", "2"] { try await ssm.put("p", value) { $0.overwrite = true } }
        func label(_ version: Int?, _ labels: [String]) async throws -> [String]? {
            try await ssm.call(
                SSMAPI.labelParameterVersion,
                LabelParameterVersionRequest(name: "p", parameterVersion: version, labels: labels)
            ).invalidLabels
        }
        #expect(try await label(1, ["prod", "1x", "awsome", "a b"]) == ["1x", "awsome", "a b"])
        #expect(try await ssm.get("p:prod").value == "1")
        #expect(try await label(nil, ["prod"]) == [])
        #expect(try await ssm.get("p:prod").value == "2")
        await expectError("ParameterVersionLabelLimitExceeded") {
            _ = try await label(2, (0..<10).map { "l\($0)" })
        }
        let removed = try await ssm.call(
            SSMAPI.unlabelParameterVersion,
            UnlabelParameterVersionRequest(
                name: "p", parameterVersion: 2, labels: ["prod", "none"]))
        #expect(removed.removedLabels == ["prod"])
        #expect(removed.invalidLabels == ["none"])
        await expectError("ParameterVersionNotFound") { _ = try await ssm.get("p:prod") }
    }

    @Test("an expiration policy deletes the parameter on its date")
    func expiration() async throws {
        let ssm = try await SSMCloud()
        let end = ssm.cloud.clock.now + .seconds(3600)
        let policy = """
            [{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"\(end.iso8601)"}}]
            """
        await expectError("ValidationException") {
            try await ssm.put("p", "x") {
                $0.policies = policy
                $0.tier = "Standard"
            }
        }
        try await ssm.put("p", "x") {
            $0.policies = policy
            $0.tier = "Advanced"
        }
        let described = try await ssm.call(
            SSMAPI.describeParameters, DescribeParametersRequest()
        ).parameters?.first
        #expect(described?.policies?.map(\.policyType) == ["Expiration"])
        try await withThrowingTaskGroup { group in
            group.addTask { try await ssm.service.run() }
            await ssm.cloud.clock.waitForSleepers(1)
            ssm.cloud.clock.advance(by: .seconds(3600))
            while try await !ssm.names().isEmpty { await Task.yield() }
            group.cancelAll()
        }
        await expectError("InvalidPolicyTypeException") {
            try await ssm.put("q", "x") {
                $0.policies = #"[{"Type":"Other","Version":"1.0","Attributes":{}}]"#
                $0.tier = "Advanced"
            }
        }
    }
}
