import IAMModel
import Platform
import TestKit
import Testing
import Wire

@testable import IAM

@Suite("Groups' policies, profiles and settings")
struct AccountTests {
    private static let managed = "arn:aws:iam::aws:policy/ReadOnlyAccess"

    @Test("a group has policies as users and roles have")
    func groups() async throws {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createGroup, CreateGroupRequest(groupName: "devs"))
        try await iam.call(
            IAMAPI.putGroupPolicy,
            PutGroupPolicyRequest(
                groupName: "devs", policyName: "p", policyDocument: IAMCloud.policy))
        let read = try await iam.call(
            IAMAPI.getGroupPolicy, GetGroupPolicyRequest(groupName: "devs", policyName: "p"))
        #expect(PercentEncoding.decode(read.policyDocument) == IAMCloud.policy)
        try await iam.call(
            IAMAPI.attachGroupPolicy,
            AttachGroupPolicyRequest(groupName: "devs", policyArn: Self.managed))
        let attached = try await iam.call(
            IAMAPI.listAttachedGroupPolicies, ListAttachedGroupPoliciesRequest(groupName: "devs"))
        #expect(attached.attachedPolicies?.map(\.policyName) == ["ReadOnlyAccess"])
        try await iam.call(
            IAMAPI.updateGroup, UpdateGroupRequest(groupName: "devs", newGroupName: "ops"))
        let names = try await iam.call(
            IAMAPI.listGroupPolicies, ListGroupPoliciesRequest(groupName: "ops")
        ).policyNames
        #expect(names == ["p"])
        try await iam.call(
            IAMAPI.detachGroupPolicy,
            DetachGroupPolicyRequest(groupName: "ops", policyArn: Self.managed))
        await expectError("NoSuchEntity", "Policy \(Self.managed) was not found.") {
            try await iam.call(
                IAMAPI.detachGroupPolicy,
                DetachGroupPolicyRequest(groupName: "ops", policyArn: Self.managed))
        }
        try await iam.call(
            IAMAPI.deleteGroupPolicy, DeleteGroupPolicyRequest(groupName: "ops", policyName: "p"))
        try await iam.call(IAMAPI.deleteGroup, DeleteGroupRequest(groupName: "ops"))
    }

    @Test("a user's policies, boundary and password come and go")
    func user() async throws {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        try await iam.call(
            IAMAPI.putUserPolicy,
            PutUserPolicyRequest(userName: "ann", policyName: "p", policyDocument: IAMCloud.policy))
        let read = try await iam.call(
            IAMAPI.getUserPolicy, GetUserPolicyRequest(userName: "ann", policyName: "p"))
        #expect(read.userName == "ann")
        try await iam.call(
            IAMAPI.attachUserPolicy,
            AttachUserPolicyRequest(userName: "ann", policyArn: Self.managed))
        let attached = try await iam.call(
            IAMAPI.listAttachedUserPolicies, ListAttachedUserPoliciesRequest(userName: "ann"))
        #expect(attached.attachedPolicies?.count == 1)
        try await iam.call(
            IAMAPI.putUserPermissionsBoundary,
            PutUserPermissionsBoundaryRequest(userName: "ann", permissionsBoundary: Self.managed))
        try await iam.call(
            IAMAPI.deleteUserPermissionsBoundary,
            DeleteUserPermissionsBoundaryRequest(userName: "ann"))
        try await iam.call(
            IAMAPI.deleteUserPolicy, DeleteUserPolicyRequest(userName: "ann", policyName: "p"))
        try await iam.call(
            IAMAPI.createLoginProfile,
            CreateLoginProfileRequest(userName: "ann", password: "longer than eight"))
        try await iam.call(
            IAMAPI.updateLoginProfile,
            UpdateLoginProfileRequest(userName: "ann", passwordResetRequired: true))
        let profile = try await iam.call(
            IAMAPI.getLoginProfile, GetLoginProfileRequest(userName: "ann")
        ).loginProfile
        #expect(profile.passwordResetRequired == true)
        try await iam.call(
            IAMAPI.deleteLoginProfile, DeleteLoginProfileRequest(userName: "ann"))
        await expectError("NoSuchEntity", "Login Profile for User ann cannot be found.") {
            try await iam.call(IAMAPI.getLoginProfile, GetLoginProfileRequest(userName: "ann"))
        }
    }

    @Test("a role's boundary and description, and the profile that holds it")
    func role() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        try await iam.call(
            IAMAPI.putRolePermissionsBoundary,
            PutRolePermissionsBoundaryRequest(roleName: "r", permissionsBoundary: Self.managed))
        try await iam.call(
            IAMAPI.deleteRolePermissionsBoundary,
            DeleteRolePermissionsBoundaryRequest(roleName: "r"))
        await expectError("NoSuchEntity") {
            try await iam.call(
                IAMAPI.deleteRolePermissionsBoundary,
                DeleteRolePermissionsBoundaryRequest(roleName: "r"))
        }
        let described = try await iam.call(
            IAMAPI.updateRoleDescription,
            UpdateRoleDescriptionRequest(roleName: "r", description: "new")
        ).role
        #expect(described?.description == "new")
        try await iam.call(
            IAMAPI.createInstanceProfile, CreateInstanceProfileRequest(instanceProfileName: "ip"))
        try await iam.call(
            IAMAPI.addRoleToInstanceProfile,
            AddRoleToInstanceProfileRequest(instanceProfileName: "ip", roleName: "r"))
        let profile = try await iam.call(
            IAMAPI.getInstanceProfile, GetInstanceProfileRequest(instanceProfileName: "ip")
        ).instanceProfile
        #expect(profile.roles.map(\.roleName) == ["r"])
        await expectError(
            "DeleteConflict", "Cannot delete entity, must remove roles from instance profile first."
        ) { try await iam.call(IAMAPI.deleteRole, DeleteRoleRequest(roleName: "r")) }
        try await iam.call(
            IAMAPI.removeRoleFromInstanceProfile,
            RemoveRoleFromInstanceProfileRequest(instanceProfileName: "ip", roleName: "r"))
        try await iam.call(
            IAMAPI.deleteInstanceProfile, DeleteInstanceProfileRequest(instanceProfileName: "ip"))
        let keys = try await iam.call(
            IAMAPI.getContextKeysForPrincipalPolicy,
            GetContextKeysForPrincipalPolicyRequest(
                policySourceArn: "arn:aws:iam::123456789012:role/r",
                policyInputList: [
                    #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"}}}}"#
                ])
        ).contextKeyNames
        #expect(keys == ["a:b"])
    }

    @Test("a service's role goes when it is asked to")
    func serviceLinkedRole() async throws {
        let iam = try await IAMCloud()
        let role = try #require(
            try await iam.call(
                IAMAPI.createServiceLinkedRole,
                CreateServiceLinkedRoleRequest(awsServiceName: "ecs.amazonaws.com")
            ).role)
        #expect(role.arn.hasSuffix("role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"))
        let task = try await iam.call(
            IAMAPI.deleteServiceLinkedRole,
            DeleteServiceLinkedRoleRequest(roleName: role.roleName)
        ).deletionTaskId
        let status = try await iam.call(
            IAMAPI.getServiceLinkedRoleDeletionStatus,
            GetServiceLinkedRoleDeletionStatusRequest(deletionTaskId: task)
        ).status
        #expect(status == "SUCCEEDED")
    }

    @Test("an account has an alias and rules for passwords")
    func settings() async throws {
        let iam = try await IAMCloud()
        await expectError("NoSuchEntity") {
            try await iam.call(IAMAPI.getAccountPasswordPolicy, EmptyStructure())
        }
        try await iam.call(
            IAMAPI.updateAccountPasswordPolicy,
            UpdateAccountPasswordPolicyRequest(requireSymbols: true, maxPasswordAge: 90))
        let rules = try await iam.call(
            IAMAPI.getAccountPasswordPolicy, EmptyStructure()
        ).passwordPolicy
        #expect(rules.minimumPasswordLength == 6 && rules.expirePasswords == true)
        try await iam.call(IAMAPI.deleteAccountPasswordPolicy, EmptyStructure())
        try await iam.call(
            IAMAPI.createAccountAlias, CreateAccountAliasRequest(accountAlias: "us"))
        await expectError("EntityAlreadyExists") {
            try await iam.call(
                IAMAPI.createAccountAlias, CreateAccountAliasRequest(accountAlias: "us"),
                in: iam.cloud.context(account: "999999999999"))
        }
        try await iam.call(
            IAMAPI.deleteAccountAlias, DeleteAccountAliasRequest(accountAlias: "us"))
        try await iam.call(
            IAMAPI.setSecurityTokenServicePreferences,
            SetSecurityTokenServicePreferencesRequest(globalEndpointTokenVersion: "v2Token"))
        let summary = try await iam.call(IAMAPI.getAccountSummary, EmptyStructure()).summaryMap
        #expect(summary?["GlobalEndpointTokenVersion"] == 2)
    }
}
