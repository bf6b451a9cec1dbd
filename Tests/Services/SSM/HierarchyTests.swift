import SSMModel
import TestKit
import Testing
import Wire

@testable import SSM

@Suite("Hierarchies, filters and tags")
struct HierarchyTests {
    private func filled() async throws -> SSMCloud {
        let ssm = try await SSMCloud()
        for name in ["/app/a", "/app/b", "/app/db/user", "/apple", "solo"] {
            try await ssm.put(name, name)
        }
        return ssm
    }

    @Test("a path has the parameters of the next level, or all below it")
    func paths() async throws {
        let ssm = try await filled()
        #expect(try await ssm.names(below: "/app") == ["/app/a", "/app/b"])
        #expect(try await ssm.names(below: "/app/") == ["/app/a", "/app/b"])
        #expect(
            try await ssm.names(below: "/app", recursive: true)
                == ["/app/a", "/app/b", "/app/db/user"])
        #expect(try await ssm.names(below: "/") == ["/apple", "solo"])
        await expectError("ValidationException") { _ = try await ssm.names(below: "app") }
    }

    @Test("paths come page by page")
    func pages() async throws {
        let ssm = try await filled()
        var request = GetParametersByPathRequest(path: "/", recursive: true, maxResults: 2)
        var names: [String?] = []
        repeat {
            let page = try await ssm.call(SSMAPI.getParametersByPath, request)
            names += page.parameters?.map(\.name) ?? []
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        #expect(names == ["/app/a", "/app/b", "/app/db/user", "/apple", "solo"])
        request.nextToken = "?"
        await expectError("InvalidNextToken") {
            try await ssm.call(SSMAPI.getParametersByPath, request)
        }
    }

    @Test("filters find by name, path, type and tag")
    func filters() async throws {
        let ssm = try await filled()
        try await ssm.put("list", "a,b", "StringList") {
            $0.tags = [Tag(key: "env", value: "test")]
        }
        func filter(
            _ key: String, _ option: String? = nil, _ values: [String]? = nil
        ) async throws -> [String?] {
            try await ssm.names(ParameterStringFilter(key: key, option: option, values: values))
        }
        #expect(try await filter("Name", nil, ["/app/a", "solo"]) == ["/app/a", "solo"])
        #expect(try await filter("Name", "BeginsWith", ["/app/"]).count == 3)
        #expect(try await filter("Name", "Contains", ["pp"]).count == 4)
        #expect(try await filter("Path", nil, ["/app"]) == ["/app/a", "/app/b"])
        #expect(try await filter("Path", "Recursive", ["/app"]).count == 3)
        #expect(try await filter("Type", nil, ["StringList"]) == ["list"])
        #expect(try await filter("tag:env") == ["list"])
        #expect(try await filter("tag:env", nil, ["test"]) == ["list"])
        #expect(try await filter("tag:env", nil, ["prod"]) == [])
        await expectError("InvalidFilterKey") { _ = try await filter("Label", nil, ["x"]) }
        await expectError("InvalidFilterOption") { _ = try await filter("Name", "x", ["x"]) }
        await expectError("InvalidFilterValue") { _ = try await filter("Name") }
    }

    @Test("what is not there is told apart, and no error")
    func several() async throws {
        let ssm = try await filled()
        let found = try await ssm.call(
            SSMAPI.getParameters, GetParametersRequest(names: ["solo", "none", "solo:7", "solo"]))
        #expect(found.parameters?.map(\.name) == ["solo"])
        #expect(found.invalidParameters == ["none", "solo:7"])
        let deleted = try await ssm.call(
            SSMAPI.deleteParameters, DeleteParametersRequest(names: ["/solo", "none"]))
        #expect(deleted.deletedParameters == ["/solo"])
        #expect(deleted.invalidParameters == ["none"])
        _ = try await ssm.call(SSMAPI.deleteParameter, DeleteParameterRequest(name: "/apple"))
        await expectError("ParameterNotFound") {
            try await ssm.call(SSMAPI.deleteParameter, DeleteParameterRequest(name: "/apple"))
        }
    }

    @Test("tags are added, listed and removed")
    func tags() async throws {
        let ssm = try await filled()
        _ = try await ssm.call(
            SSMAPI.addTagsToResource,
            AddTagsToResourceRequest(
                resourceType: "Parameter", resourceId: "/solo",
                tags: [Tag(key: "a", value: "1"), Tag(key: "b", value: "2")]))
        _ = try await ssm.call(
            SSMAPI.removeTagsFromResource,
            RemoveTagsFromResourceRequest(
                resourceType: "Parameter", resourceId: "solo", tagKeys: ["a"]))
        let tags = try await ssm.call(
            SSMAPI.listTagsForResource,
            ListTagsForResourceRequest(resourceType: "Parameter", resourceId: "solo")
        ).tagList
        #expect(tags?.map(\.key) == ["b"])
        await expectError("InvalidResourceId") {
            try await ssm.call(
                SSMAPI.listTagsForResource,
                ListTagsForResourceRequest(resourceType: "Parameter", resourceId: "none"))
        }
        await expectError("NotImplemented") {
            try await ssm.call(
                SSMAPI.listTagsForResource,
                ListTagsForResourceRequest(resourceType: "Document", resourceId: "x"))
        }
    }
}
