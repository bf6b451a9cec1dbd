import Authorization
import IAMModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import IAM

@Suite("Managed policies")
struct ManagedPolicyTests {
    private static let arn = "arn:aws:iam::123456789012:policy/p"

    private func cloud() async throws -> IAMCloud {
        let iam = try await IAMCloud()
        try await iam.call(
            IAMAPI.createPolicy,
            CreatePolicyRequest(policyName: "p", policyDocument: IAMCloud.policy))
        try await iam.make("r")
        return iam
    }

    @Test("a policy lives through its versions")
    func versions() async throws {
        let iam = try await cloud()
        let changed = IAMCloud.policy.replacing("s3:Get*", with: "s3:Put*")
        for number in 2...5 {
            let version = try await iam.call(
                IAMAPI.createPolicyVersion,
                CreatePolicyVersionRequest(
                    policyArn: Self.arn, policyDocument: changed, setAsDefault: number == 2)
            ).policyVersion
            #expect(version?.versionId == "v\(number)")
        }
        await expectError("LimitExceeded") {
            try await iam.call(
                IAMAPI.createPolicyVersion,
                CreatePolicyVersionRequest(policyArn: Self.arn, policyDocument: changed))
        }
        let policy = try await iam.call(
            IAMAPI.getPolicy, GetPolicyRequest(policyArn: Self.arn)
        ).policy
        #expect(policy?.defaultVersionId == "v2")
        await expectError(
            "DeleteConflict", "Cannot delete the default version of a policy."
        ) {
            try await iam.call(
                IAMAPI.deletePolicyVersion,
                DeletePolicyVersionRequest(policyArn: Self.arn, versionId: "v2"))
        }
        try await iam.call(
            IAMAPI.deletePolicyVersion,
            DeletePolicyVersionRequest(policyArn: Self.arn, versionId: "v5"))
        let next = try await iam.call(
            IAMAPI.createPolicyVersion,
            CreatePolicyVersionRequest(policyArn: Self.arn, policyDocument: changed)
        ).policyVersion
        #expect(next?.versionId == "v6")
        try await iam.call(
            IAMAPI.setDefaultPolicyVersion,
            SetDefaultPolicyVersionRequest(policyArn: Self.arn, versionId: "v6"))
        let versions = try await iam.call(
            IAMAPI.listPolicyVersions, ListPolicyVersionsRequest(policyArn: Self.arn)
        ).versions
        #expect(versions?.compactMap(\.versionId) == ["v6", "v4", "v3", "v2", "v1"])
    }

    @Test("a policy that is attached counts, and cannot be deleted")
    func attachments() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.attachRolePolicy, AttachRolePolicyRequest(roleName: "r", policyArn: Self.arn))
        try await iam.call(
            IAMAPI.attachRolePolicy,
            AttachRolePolicyRequest(
                roleName: "r",
                policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"))
        let session = Principal.assumedRole(
            account: TestCloud.account, role: "r", roleID: "", session: "s")
        let record = try #require(try await iam.directory.identity(of: session))
        #expect(record.policies.count == 2)
        #expect(record.policies.contains { $0.document.contains("logs:PutLogEvents") })
        await expectError("DeleteConflict", "Cannot delete a policy attached to entities.") {
            try await iam.call(IAMAPI.deletePolicy, DeletePolicyRequest(policyArn: Self.arn))
        }
        let users = try await iam.call(
            IAMAPI.listEntitiesForPolicy, ListEntitiesForPolicyRequest(policyArn: Self.arn))
        #expect(users.policyRoles?.compactMap(\.roleName) == ["r"])
        try await iam.call(
            IAMAPI.detachRolePolicy, DetachRolePolicyRequest(roleName: "r", policyArn: Self.arn))
        try await iam.call(IAMAPI.deletePolicy, DeletePolicyRequest(policyArn: Self.arn))
        await expectError("NoSuchEntity", "Policy \(Self.arn) was not found.") {
            try await iam.call(IAMAPI.getPolicy, GetPolicyRequest(policyArn: Self.arn))
        }
    }

    @Test("a policy that is not there cannot be attached, nor one of AWS changed")
    func refusals() async throws {
        let iam = try await cloud()
        let none = "arn:aws:iam::123456789012:policy/none"
        await expectError(
            "NoSuchEntity", "Policy \(none) does not exist or is not attachable."
        ) {
            try await iam.call(
                IAMAPI.attachRolePolicy, AttachRolePolicyRequest(roleName: "r", policyArn: none))
        }
        await expectError("AccessDenied") {
            try await iam.call(
                IAMAPI.deletePolicy,
                DeletePolicyRequest(policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"))
        }
        await expectError("MalformedPolicyDocument") {
            try await iam.call(
                IAMAPI.createPolicy,
                CreatePolicyRequest(
                    policyName: "q",
                    policyDocument:
                        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Is":{"a:b":"c"}}}}"#
                ))
        }
    }

    @Test("every policy of AWS is one that the engine reads and IAM accepts")
    func managed() throws {
        #expect(AWSManagedPolicy.all.count >= 70)
        for (arn, policy) in AWSManagedPolicy.all {
            #expect(PolicyARN(arn)?.name == policy.entity.name)
            _ = try PolicyDocument.managed(policy.document)
        }
        #expect(AWSManagedPolicy.named("arn:aws:iam::aws:policy/AdministratorAccess") != nil)
        #expect(
            Set(AWSManagedPolicy.all.values.map(\.entity.id)).count == AWSManagedPolicy.all.count)
    }

    @Test("simulations are decided as requests are")
    func simulate() async throws {
        let iam = try await cloud()
        let results = try await iam.call(
            IAMAPI.simulateCustomPolicy,
            SimulateCustomPolicyRequest(
                policyInputList: [IAMCloud.policy], actionNames: ["s3:GetObject", "s3:PutObject"])
        ).evaluationResults
        #expect(results?.map(\.evalDecision) == ["allowed", "implicitDeny"])
        #expect(results?[0].matchedStatements?.first?.sourcePolicyId == "PolicyInputList.1")
        try await iam.call(
            IAMAPI.attachRolePolicy, AttachRolePolicyRequest(roleName: "r", policyArn: Self.arn))
        let principal = try await iam.call(
            IAMAPI.simulatePrincipalPolicy,
            SimulatePrincipalPolicyRequest(
                policySourceArn: "arn:aws:iam::123456789012:role/r",
                policyInputList: [
                    #"{"Statement":{"Effect":"Deny","Action":"s3:GetObjectAcl","Resource":"*"}}"#
                ], actionNames: ["s3:GetObject", "s3:GetObjectAcl"])
        ).evaluationResults
        #expect(principal?.map(\.evalDecision) == ["allowed", "explicitDeny"])
        let keys = try await iam.call(
            IAMAPI.getContextKeysForCustomPolicy,
            GetContextKeysForCustomPolicyRequest(policyInputList: [
                #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}"#
            ])
        ).contextKeyNames
        #expect(keys == ["aws:securetransport"])
    }

    @Test("an account tells all that it has")
    func account() async throws {
        let iam = try await cloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        let summary = try await iam.call(IAMAPI.getAccountSummary, EmptyStructure()).summaryMap
        #expect(summary?["Users"] == 1 && summary?["Roles"] == 1 && summary?["Policies"] == 1)
        let details = try await iam.call(
            IAMAPI.getAccountAuthorizationDetails, GetAccountAuthorizationDetailsRequest())
        #expect(details.userDetailList?.count == 1 && details.roleDetailList?.count == 1)
        #expect(details.policies?.first?.policyVersionList?.count == 1)
        let started = try await iam.call(IAMAPI.generateCredentialReport, EmptyStructure())
        #expect(started.state == "STARTED")
        let report = try await iam.call(IAMAPI.getCredentialReport, EmptyStructure())
        let text = String(decoding: report.content ?? [], as: UTF8.self)
        #expect(text.contains("<root_account>,") && text.contains("\nann,"))
    }
}
