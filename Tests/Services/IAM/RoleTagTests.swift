import IAMModel
import TestKit
import Testing
import Wire

@Suite("Tags of roles")
struct RoleTagTests {
    private static let duplicates =
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."

    private static func keys(of role: String, in iam: IAMCloud) async throws -> [String] {
        try await iam.call(IAMAPI.listRoleTags, ListRoleTagsRequest(roleName: role)).tags.map(\.key)
    }

    @Test("tags are set, replaced and removed, whatever the case of their keys")
    func lifecycle() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r", tags: [Tag(key: "One", value: "1")])
        try await iam.call(
            IAMAPI.tagRole,
            TagRoleRequest(
                roleName: "r", tags: [Tag(key: "ONE", value: ""), Tag(key: "two", value: "2")]))
        let tags = try await iam.call(IAMAPI.listRoleTags, ListRoleTagsRequest(roleName: "r"))
        #expect(tags.tags.map(\.key) == ["ONE", "two"])
        #expect(tags.tags.map(\.value) == ["", "2"])
        #expect(tags.isTruncated == false)
        try await iam.call(
            IAMAPI.untagRole, UntagRoleRequest(roleName: "r", tagKeys: ["one", "three"]))
        #expect(try await Self.keys(of: "r", in: iam) == ["two"])
    }

    @Test("tags come page by page")
    func pages() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r", tags: ["c", "a", "b"].map { Tag(key: $0, value: "") })
        var request = ListRoleTagsRequest(roleName: "r", maxItems: 2)
        let first = try await iam.call(IAMAPI.listRoleTags, request)
        request.marker = first.marker
        let second = try await iam.call(IAMAPI.listRoleTags, request)
        #expect(first.isTruncated == true && second.isTruncated == false)
        #expect((first.tags + second.tags).map(\.key) == ["a", "b", "c"])
    }

    @Test(
        "a marker that was never answered crashes nothing",
        arguments: ["2d31", "393939393939393939393939393939393939393939"])
    func strangeMarker(marker: String) async throws {
        let iam = try await IAMCloud()
        try await iam.make("r", tags: [Tag(key: "a", value: "")])
        let page = try await iam.call(
            IAMAPI.listRoleTags, ListRoleTagsRequest(roleName: "r", marker: marker))
        #expect(page.isTruncated == false)
    }

    @Test("keys that differ by their case are duplicates")
    func duplicates() async throws {
        let iam = try await IAMCloud()
        let tags = [Tag(key: "Key", value: "1"), Tag(key: "kEY", value: "2")]
        await expectError("InvalidInput", Self.duplicates) { try await iam.make("r", tags: tags) }
        try await iam.make("r")
        await expectError("InvalidInput", Self.duplicates) {
            try await iam.call(IAMAPI.tagRole, TagRoleRequest(roleName: "r", tags: tags))
        }
    }

    @Test("the tags of AWS are nobody else's to set or remove")
    func systemTags() async throws {
        let iam = try await IAMCloud()
        await expectError("InvalidInput") {
            try await iam.make("r", tags: [Tag(key: "aws:cloudformation:stack-name", value: "s")])
        }
        try await iam.make("r")
        await expectError("InvalidInput") {
            try await iam.call(
                IAMAPI.untagRole, UntagRoleRequest(roleName: "r", tagKeys: ["AWS:x"]))
        }
    }

    @Test("a role has fifty tags at most, and replacing one is not adding one")
    func quota() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r", tags: (0..<50).map { Tag(key: "k\($0)", value: "") })
        try await iam.call(
            IAMAPI.tagRole, TagRoleRequest(roleName: "r", tags: [Tag(key: "k7", value: "new")]))
        await expectError("LimitExceeded", "Cannot exceed quota for TagsPerRole: 50") {
            try await iam.call(
                IAMAPI.tagRole, TagRoleRequest(roleName: "r", tags: [Tag(key: "more", value: "")]))
        }
        #expect(try await Self.keys(of: "r", in: iam).count == 50)
    }
}
