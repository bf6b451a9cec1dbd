import IAMModel
import Platform
import ServiceKit
import TestKit
import Testing
import Wire

@testable import IAM

@Suite("Users, groups and keys")
struct UserTests {
    private func cloud(users: String...) async throws -> IAMCloud {
        let iam = try await IAMCloud()
        for name in users {
            try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: name))
        }
        return iam
    }

    @Test("a user is answered as AWS answers it")
    func create() async throws {
        let iam = try await IAMCloud()
        let user = try #require(
            try await iam.call(
                IAMAPI.createUser,
                CreateUserRequest(
                    path: "/team/", userName: "ann",
                    permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
                    tags: [Tag(key: "a", value: "b")])
            ).user)
        #expect(user.arn == "arn:aws:iam::123456789012:user/team/ann")
        #expect(user.userId.hasPrefix("AIDA"))
        let read = try await iam.call(IAMAPI.getUser, GetUserRequest(userName: "ann")).user
        #expect(read.tags?.map(\.value) == ["b"])
        #expect(read.permissionsBoundary?.permissionsBoundaryType == "Policy")
        await expectError("EntityAlreadyExists", "User with name ANN already exists.") {
            try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ANN"))
        }
        await expectError("NoSuchEntity", "The user with name bob cannot be found.") {
            try await iam.call(IAMAPI.getUser, GetUserRequest(userName: "bob"))
        }
        await expectError("NoSuchEntity") {
            try await iam.call(
                IAMAPI.createUser,
                CreateUserRequest(
                    userName: "eve", permissionsBoundary: "arn:aws:iam::123456789012:policy/none"))
        }
    }

    @Test("who names no user means himself")
    func caller() async throws {
        let iam = try await cloud(users: "ann")
        let ann = iam.cloud.context(
            as: .user(account: TestCloud.account, path: "/", name: "ann", id: "AIDA"))
        #expect(
            try await iam.call(IAMAPI.getUser, GetUserRequest(), in: ann).user.userName == "ann")
        let root = try await iam.call(IAMAPI.getUser, GetUserRequest()).user
        #expect(root.arn == "arn:aws:iam::123456789012:root")
        let key = try await iam.call(
            IAMAPI.createAccessKey, CreateAccessKeyRequest(), in: ann
        ).accessKey
        #expect(key.userName == "ann")
        let session = iam.cloud.context(
            as: .assumedRole(account: TestCloud.account, role: "r", roleID: "AROA", session: "s"))
        await expectError(
            "ValidationError", "Must specify userName when calling with non-User credentials"
        ) { try await iam.call(IAMAPI.getUser, GetUserRequest(), in: session) }
    }

    @Test("a user takes everything along to a new name")
    func rename() async throws {
        let iam = try await cloud(users: "ann")
        try await iam.call(IAMAPI.createGroup, CreateGroupRequest(groupName: "devs"))
        try await iam.call(
            IAMAPI.addUserToGroup, AddUserToGroupRequest(groupName: "devs", userName: "ann"))
        try await iam.call(
            IAMAPI.putUserPolicy,
            PutUserPolicyRequest(userName: "ann", policyName: "p", policyDocument: IAMCloud.policy))
        try await iam.call(IAMAPI.createAccessKey, CreateAccessKeyRequest(userName: "ann"))
        try await iam.call(
            IAMAPI.updateUser,
            UpdateUserRequest(userName: "ann", newPath: "/x/", newUserName: "eve"))
        let group = try await iam.call(IAMAPI.getGroup, GetGroupRequest(groupName: "devs"))
        #expect(group.users.map(\.arn) == ["arn:aws:iam::123456789012:user/x/eve"])
        let names = try await iam.call(
            IAMAPI.listUserPolicies, ListUserPoliciesRequest(userName: "eve")
        ).policyNames
        #expect(names == ["p"])
        let keys = try await iam.call(
            IAMAPI.listAccessKeys, ListAccessKeysRequest(userName: "eve")
        ).accessKeyMetadata
        #expect(keys.count == 1)
    }

    @Test("a user goes once nothing is left of him")
    func delete() async throws {
        let iam = try await cloud(users: "ann")
        let key = try await iam.call(
            IAMAPI.createAccessKey, CreateAccessKeyRequest(userName: "ann")
        ).accessKey
        try await iam.call(
            IAMAPI.attachUserPolicy,
            AttachUserPolicyRequest(
                userName: "ann", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"))
        await expectError("DeleteConflict", "Cannot delete entity, must delete access keys first.")
        {
            try await iam.call(IAMAPI.deleteUser, DeleteUserRequest(userName: "ann"))
        }
        try await iam.call(
            IAMAPI.deleteAccessKey,
            DeleteAccessKeyRequest(userName: "ann", accessKeyId: key.accessKeyId))
        await expectError(
            "DeleteConflict", "Cannot delete entity, must detach all policies first."
        ) { try await iam.call(IAMAPI.deleteUser, DeleteUserRequest(userName: "ann")) }
        try await iam.call(
            IAMAPI.detachUserPolicy,
            DetachUserPolicyRequest(
                userName: "ann", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"))
        try await iam.call(IAMAPI.deleteUser, DeleteUserRequest(userName: "ann"))
    }

    @Test("an access key opens the door until it is inactive or gone")
    func accessKeys() async throws {
        let iam = try await cloud(users: "ann")
        let key = try await iam.call(
            IAMAPI.createAccessKey, CreateAccessKeyRequest(userName: "ann")
        ).accessKey
        #expect(AccessKeyID.account(of: key.accessKeyId) == TestCloud.account)
        let credential = try #require(
            try await iam.credentials.credential(
                accessKeyID: key.accessKeyId, sessionToken: nil))
        #expect(credential.secretAccessKey == key.secretAccessKey)
        #expect(credential.principal.arn == "arn:aws:iam::123456789012:user/ann")
        iam.credentials.noteUse(of: key.accessKeyId, service: "s3", region: "us-east-1")
        let used = try await iam.call(
            IAMAPI.getAccessKeyLastUsed, GetAccessKeyLastUsedRequest(accessKeyId: key.accessKeyId))
        #expect(used.accessKeyLastUsed?.serviceName == "s3")
        try await iam.call(
            IAMAPI.updateAccessKey,
            UpdateAccessKeyRequest(
                userName: "ann", accessKeyId: key.accessKeyId, status: "Inactive"))
        await #expect(throws: CredentialFailure.invalid) {
            try await iam.credentials.credential(
                accessKeyID: key.accessKeyId, sessionToken: nil)
        }
        try await iam.call(
            IAMAPI.deleteAccessKey,
            DeleteAccessKeyRequest(userName: "ann", accessKeyId: key.accessKeyId))
        await #expect(throws: CredentialFailure.invalid) {
            try await iam.credentials.credential(
                accessKeyID: key.accessKeyId, sessionToken: nil)
        }
        #expect(
            try await iam.credentials.credential(
                accessKeyID: "AKIAIOSFODNN7EXAMPLE", sessionToken: nil) == nil)
        for _ in 0..<2 {
            try await iam.call(IAMAPI.createAccessKey, CreateAccessKeyRequest(userName: "ann"))
        }
        await expectError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2") {
            try await iam.call(IAMAPI.createAccessKey, CreateAccessKeyRequest(userName: "ann"))
        }
    }

    @Test("the policies of a user's groups are the user's")
    func directory() async throws {
        let iam = try await cloud(users: "ann")
        try await iam.call(IAMAPI.createGroup, CreateGroupRequest(groupName: "devs"))
        try await iam.call(
            IAMAPI.putGroupPolicy,
            PutGroupPolicyRequest(
                groupName: "devs", policyName: "g", policyDocument: IAMCloud.policy))
        try await iam.call(
            IAMAPI.addUserToGroup, AddUserToGroupRequest(groupName: "devs", userName: "ann"))
        let ann = Principal.user(account: TestCloud.account, path: "/", name: "ann", id: "")
        let record = try #require(try await iam.directory.identity(of: ann))
        #expect(record.policies.map(\.name) == ["g"])
        let revision = iam.directory.revision
        await expectError("DeleteConflict") {
            try await iam.call(IAMAPI.deleteGroup, DeleteGroupRequest(groupName: "devs"))
        }
        try await iam.call(
            IAMAPI.removeUserFromGroup,
            RemoveUserFromGroupRequest(groupName: "devs", userName: "ann"))
        #expect(iam.directory.revision > revision)
        #expect(try await iam.directory.identity(of: ann)?.policies.isEmpty == true)
    }

    @Test("a user who was made anew has nothing of the one before")
    func identifiers() async throws {
        let iam = try await cloud(users: "ann")
        let ann = Principal.user(
            account: TestCloud.account, path: "/", name: "ann", id: "AIDAOLD")
        #expect(try await iam.directory.identity(of: ann) == nil)
    }

    @Test("passwords follow the account's rules, and are changed by who knows the old one")
    func passwords() async throws {
        let iam = try await cloud(users: "ann")
        try await iam.call(
            IAMAPI.updateAccountPasswordPolicy,
            UpdateAccountPasswordPolicyRequest(minimumPasswordLength: 10, requireNumbers: true))
        await expectError("PasswordPolicyViolation") {
            try await iam.call(
                IAMAPI.createLoginProfile,
                CreateLoginProfileRequest(userName: "ann", password: "abcdefghijk"))
        }
        try await iam.call(
            IAMAPI.createLoginProfile,
            CreateLoginProfileRequest(userName: "ann", password: "abcdefghij1"))
        let ann = iam.cloud.context(
            as: .user(account: TestCloud.account, path: "/", name: "ann", id: "AIDA"))
        await expectError("AccessDenied") {
            try await iam.call(
                IAMAPI.changePassword,
                ChangePasswordRequest(oldPassword: "wrong", newPassword: "abcdefghij2"), in: ann)
        }
        try await iam.call(
            IAMAPI.changePassword,
            ChangePasswordRequest(oldPassword: "abcdefghij1", newPassword: "abcdefghij2"), in: ann)
    }
}
