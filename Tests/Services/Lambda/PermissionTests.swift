import LambdaModel
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Permissions")
struct PermissionTests {
    private func request(_ sid: String = "s1") -> AddPermissionRequest {
        AddPermissionRequest(
            functionName: "orders", statementId: sid, action: "lambda:InvokeFunction",
            principal: "s3.amazonaws.com")
    }

    @Test("statements are added, told and taken away")
    func statements() async throws {
        let test = try await LambdaCloud()
        let before = try await test.create()
        var full = request()
        full.sourceArn = "arn:aws:s3:::bucket"
        full.sourceAccount = "123456789012"
        let added = try await test.call(LambdaAPI.addPermission, full)
        let expected: Document = [
            "Sid": "s1", "Effect": "Allow", "Principal": ["Service": "s3.amazonaws.com"],
            "Action": "lambda:InvokeFunction",
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:orders",
            "Condition": [
                "StringEquals": ["AWS:SourceAccount": "123456789012"],
                "ArnLike": ["AWS:SourceArn": "arn:aws:s3:::bucket"],
            ],
        ]
        #expect(try Document(json: added.statement ?? "") == expected)

        let policy = try await test.call(
            LambdaAPI.getPolicy, GetPolicyRequest(functionName: "orders"))
        #expect(try Document(json: policy.policy ?? "")["Statement"]?[0] == expected)
        #expect(policy.revisionId != before.revisionId)

        let remove = RemovePermissionRequest(functionName: "orders", statementId: "s1")
        try await test.call(LambdaAPI.removePermission, remove)
        await expectError("ResourceNotFoundException", "The resource you requested does not exist.")
        {
            try await test.call(LambdaAPI.getPolicy, GetPolicyRequest(functionName: "orders"))
        }
        await expectError(
            "ResourceNotFoundException", "No policy is associated with the given resource."
        ) { try await test.call(LambdaAPI.removePermission, remove) }
    }

    @Test("a statement's identifier is taken once")
    func duplicate() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await test.call(LambdaAPI.addPermission, request())
        await expectError(
            "ResourceConflictException",
            "The statement id (s1) provided already exists. Please provide a new statement id, or "
                + "remove the existing statement."
        ) { try await test.call(LambdaAPI.addPermission, request()) }
        await expectError(
            "ResourceNotFoundException", "Statement s2 is not found in resource policy."
        ) {
            try await test.call(
                LambdaAPI.removePermission,
                RemovePermissionRequest(functionName: "orders", statementId: "s2"))
        }
    }

    @Test(
        "a principal is a service, an account, a user, a role or everybody",
        arguments: [
            ("events.amazonaws.com", ["Service": "events.amazonaws.com"]),
            ("210987654321", ["AWS": "arn:aws:iam::210987654321:root"]),
            ("arn:aws:iam::210987654321:role/r", ["AWS": "arn:aws:iam::210987654321:role/r"]),
            ("*", "*"),
        ] as [(String, Document)])
    func principals(text: String, principal: Document) throws {
        var input = request()
        input.principal = text
        let statement = try PermissionStatement(input, on: "arn")
        #expect(statement.document["Principal"] == principal)
    }

    @Test("what is no principal is refused", arguments: ["nobody", "arn:aws:s3:::x", "12345"])
    func badPrincipals(text: String) async {
        await expectError(
            "InvalidParameterValueException",
            "The provided principal was invalid. Please check the principal and try again."
        ) {
            var input = request()
            input.principal = text
            _ = try PermissionStatement(input, on: "arn")
        }
    }

    @Test("a policy has a longest length")
    func length() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        var input = request()
        input.sourceArn = "arn:aws:s3:::" + String(repeating: "x", count: 20_480)
        await expectError("PolicyLengthExceededException") { [input] in
            try await test.call(LambdaAPI.addPermission, input)
        }
    }

    @Test("there is no policy for $LATEST, and none without a function")
    func missing() async throws {
        let test = try await LambdaCloud()
        await expectError("ResourceNotFoundException") {
            try await test.call(LambdaAPI.addPermission, request())
        }
        await expectError(
            "InvalidParameterValueException",
            "We currently do not support adding policies for $LATEST."
        ) {
            var input = request()
            input.qualifier = "$LATEST"
            try await test.call(LambdaAPI.addPermission, input)
        }
    }

    @Test("the revision that the caller knows must be the latest")
    func revision() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        await expectError("PreconditionFailedException") {
            var input = request()
            input.revisionId = "old"
            try await test.call(LambdaAPI.addPermission, input)
        }
    }

    @Test("an open URL needs a statement for everybody, for its authorization type")
    func opensURL() throws {
        var input = request()
        input.action = "lambda:InvokeFunctionUrl"
        input.principal = "*"
        input.functionUrlAuthType = "NONE"
        #expect(try PermissionStatement(input, on: "arn").opensURL)
        input.functionUrlAuthType = "AWS_IAM"
        #expect(try !PermissionStatement(input, on: "arn").opensURL)
        input.functionUrlAuthType = "NONE"
        input.sourceAccount = "210987654321"
        #expect(try !PermissionStatement(input, on: "arn").opensURL)
        input.sourceAccount = nil
        input.principal = "210987654321"
        #expect(try !PermissionStatement(input, on: "arn").opensURL)
    }
}
