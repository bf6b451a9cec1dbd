import IAMModel
import Platform
import ServiceKit
import TestKit
import Testing
import Wire

@Suite("Roles")
struct RoleTests {
    @Test("a role is answered as AWS answers it")
    func create() async throws {
        let iam = try await IAMCloud()
        let boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
        let created = try await iam.call(
            IAMAPI.createRole,
            CreateRoleRequest(
                path: "/service-role/", roleName: "orders",
                assumeRolePolicyDocument: IAMCloud.trust, description: "of orders",
                maxSessionDuration: 7200, permissionsBoundary: boundary,
                tags: [Tag(key: "team", value: "a")])
        ).role
        #expect(created.arn == "arn:aws:iam::123456789012:role/service-role/orders")
        #expect(created.path == "/service-role/")
        #expect(created.roleId.hasPrefix("AROA") && created.roleId.utf8.count == 21)
        #expect(created.createDate == iam.cloud.clock.now)
        #expect(created.assumeRolePolicyDocument == PercentEncoding.encode(IAMCloud.trust))
        #expect(created.permissionsBoundary?.permissionsBoundaryType == "Policy")
        #expect(created.tags?.map(\.key) == ["team"])
        #expect(created.description == nil && created.maxSessionDuration == nil)

        let read = try await iam.role("orders")
        #expect(read.roleId == created.roleId)
        #expect(read.description == "of orders")
        #expect(read.maxSessionDuration == 7200)
        #expect(read.permissionsBoundary?.permissionsBoundaryArn == boundary)
        #expect(read.tags?.map(\.value) == ["a"])
        #expect(read.roleLastUsed != nil)
    }

    @Test("names differ by more than their case")
    func duplicates() async throws {
        let iam = try await IAMCloud()
        try await iam.make("orders")
        await expectError("EntityAlreadyExists", "Role with name ORDERS already exists.") {
            try await iam.make("ORDERS", path: "/elsewhere/")
        }
    }

    @Test("an account does not see another's roles")
    func accounts() async throws {
        let iam = try await IAMCloud()
        try await iam.make("orders")
        let stranger = iam.cloud.context(account: "999999999999")
        await expectError("NoSuchEntity", "The role with name orders cannot be found.") {
            try await iam.call(IAMAPI.getRole, GetRoleRequest(roleName: "orders"), in: stranger)
        }
        let roles = try await iam.call(IAMAPI.listRoles, ListRolesRequest(), in: stranger).roles
        #expect(roles.isEmpty)
    }

    @Test("every operation on a role that is not there says so")
    func missing() async throws {
        let iam = try await IAMCloud()
        let calls: [() async throws -> Void] = [
            { try await iam.call(IAMAPI.getRole, GetRoleRequest(roleName: "x")) },
            { try await iam.call(IAMAPI.deleteRole, DeleteRoleRequest(roleName: "x")) },
            { try await iam.call(IAMAPI.updateRole, UpdateRoleRequest(roleName: "x")) },
            { try await iam.call(IAMAPI.listRoleTags, ListRoleTagsRequest(roleName: "x")) },
            { try await iam.call(IAMAPI.listRolePolicies, ListRolePoliciesRequest(roleName: "x")) },
            { try await iam.call(IAMAPI.tagRole, TagRoleRequest(roleName: "x", tags: [])) },
            { try await iam.call(IAMAPI.untagRole, UntagRoleRequest(roleName: "x", tagKeys: [])) },
            {
                try await iam.call(
                    IAMAPI.listAttachedRolePolicies, ListAttachedRolePoliciesRequest(roleName: "x"))
            },
            {
                try await iam.call(
                    IAMAPI.listInstanceProfilesForRole,
                    ListInstanceProfilesForRoleRequest(roleName: "x"))
            },
            {
                try await iam.call(
                    IAMAPI.getRolePolicy, GetRolePolicyRequest(roleName: "x", policyName: "p"))
            },
            {
                try await iam.call(
                    IAMAPI.deleteRolePolicy, DeleteRolePolicyRequest(roleName: "x", policyName: "p")
                )
            },
            {
                try await iam.call(
                    IAMAPI.putRolePolicy,
                    PutRolePolicyRequest(
                        roleName: "x", policyName: "p", policyDocument: IAMCloud.policy))
            },
            {
                try await iam.call(
                    IAMAPI.updateAssumeRolePolicy,
                    UpdateAssumeRolePolicyRequest(roleName: "x", policyDocument: IAMCloud.trust))
            },
        ]
        for call in calls {
            await expectError("NoSuchEntity", "The role with name x cannot be found.", call)
        }
    }

    @Test("roles come page by page, by path")
    func list() async throws {
        let iam = try await IAMCloud()
        for name in ["c", "B", "a"] { try await iam.make(name, path: "/team/") }
        try await iam.make("other")
        var request = ListRolesRequest(pathPrefix: "/team/", maxItems: 2)
        let first = try await iam.call(IAMAPI.listRoles, request)
        #expect(first.roles.map(\.roleName) == ["a", "B"])
        #expect(first.isTruncated == true)
        #expect(first.roles[0].maxSessionDuration == 3600)
        request.marker = first.marker
        let second = try await iam.call(IAMAPI.listRoles, request)
        #expect(second.roles.map(\.roleName) == ["c"])
        #expect(second.isTruncated == false && second.marker == nil)
        let none = try await iam.call(IAMAPI.listRoles, ListRolesRequest(pathPrefix: "/none/"))
        #expect(none.roles.isEmpty)
    }

    @Test("a marker that no answer had is refused")
    func wrongMarker() async throws {
        let iam = try await IAMCloud()
        await expectError("ValidationError") {
            try await iam.call(IAMAPI.listRoles, ListRolesRequest(marker: "zz"))
        }
    }

    @Test("an update changes what it names")
    func update() async throws {
        let iam = try await IAMCloud()
        try await iam.make("orders")
        try await iam.call(
            IAMAPI.updateRole, UpdateRoleRequest(roleName: "orders", description: "new"))
        try await iam.call(
            IAMAPI.updateRole, UpdateRoleRequest(roleName: "orders", maxSessionDuration: 9000))
        let trust = IAMCloud.trust.replacing("lambda", with: "states")
        try await iam.call(
            IAMAPI.updateAssumeRolePolicy,
            UpdateAssumeRolePolicyRequest(roleName: "orders", policyDocument: trust))
        let role = try await iam.role("orders")
        #expect(role.description == "new")
        #expect(role.maxSessionDuration == 9000)
        #expect(role.assumeRolePolicyDocument.flatMap { PercentEncoding.decode($0) } == trust)
    }

    @Test("a role that has policies cannot be deleted")
    func delete() async throws {
        let iam = try await IAMCloud()
        try await iam.make("orders", tags: [Tag(key: "a", value: "b")])
        try await iam.call(
            IAMAPI.putRolePolicy,
            PutRolePolicyRequest(
                roleName: "orders", policyName: "p", policyDocument: IAMCloud.policy))
        await expectError("DeleteConflict", "Cannot delete entity, must delete policies first.") {
            try await iam.call(IAMAPI.deleteRole, DeleteRoleRequest(roleName: "orders"))
        }
        try await iam.call(
            IAMAPI.deleteRolePolicy, DeleteRolePolicyRequest(roleName: "orders", policyName: "p"))
        try await iam.call(IAMAPI.deleteRole, DeleteRoleRequest(roleName: "orders"))
        let again = try await iam.make("orders")
        #expect(again.tags == nil)
        #expect(try await iam.role("orders").tags == nil)
    }

    @Test(
        "a boundary is the ARN of a policy",
        arguments: [
            "arn:aws:iam::123456789012:role/x", "arn:aws:iam::123456789012:policy/",
            "policy/xxxxxxxxxxxxxxx",
        ])
    func boundary(arn: String) async throws {
        let iam = try await IAMCloud()
        await expectError("InvalidInput", "ARN \(arn) is not valid.") {
            try await iam.call(
                IAMAPI.createRole,
                CreateRoleRequest(
                    roleName: "r", assumeRolePolicyDocument: IAMCloud.trust,
                    permissionsBoundary: arn))
        }
    }

    @Test("an account has a thousand roles at most")
    func quota() async throws {
        let iam = try await IAMCloud()
        for number in 0..<1000 { try await iam.make("r\(number)") }
        await expectError("LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000") {
            try await iam.make("one-too-many")
        }
    }
}
