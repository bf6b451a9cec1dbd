import TestKit
import Testing
import Wire

@testable import APIGatewayV2

@Suite("Route keys")
struct RouteKeyTests {
    @Test(
        "a key is a method and a path, or $default",
        arguments: [
            "$default", "GET /", "ANY /{proxy+}", "POST /a/{id}/b", "GET /a/{x.y_z-1}", "GET /a/",
        ])
    func accepted(key: String) throws {
        #expect(try RouteKey(key).text == key)
    }

    @Test(
        "what is no key is refused",
        arguments: [
            "", "default", "GET", "GET pets", "get /pets", "FETCH /pets", "GET  /pets", "GET /a b",
            "GET /{a", "GET /a{b}", "GET /{}", "GET /{a+}/b", "GET /{a}/{a}", "GET /{a b}",
            "GET /{é}", "GET /a\0",
        ])
    func refused(key: String) async {
        await expectError("BadRequestException") { _ = try RouteKey(key) }
    }

    private static let routes = [
        "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}",
        "POST /pets/dog/{id}", "ANY /pets/cat", "GET /pets/{kind}/1", "GET /", "$default",
    ]

    @Test(
        "the most exact route is found",
        arguments: [
            ("GET", "/pets/dog/1", "GET /pets/dog/1", [:]),
            ("GET", "/pets/dog/2", "GET /pets/dog/{id}", ["id": "2"]),
            ("POST", "/pets/dog/1", "POST /pets/dog/{id}", ["id": "1"]),
            ("GET", "/pets/cat/1", "GET /pets/{kind}/1", ["kind": "cat"]),
            ("GET", "/pets/cat/2", "GET /pets/{proxy+}", ["proxy": "cat/2"]),
            ("GET", "/pets/cat", "ANY /pets/cat", [:]),
            ("PUT", "/pets/dog/1", "ANY /{proxy+}", ["proxy": "pets/dog/1"]),
            ("GET", "/", "GET /", [:]),
            ("POST", "/", "$default", [:]),
            ("GET", "/pets/dog/a%20b%2Fc", "GET /pets/dog/{id}", ["id": "a b/c"]),
            ("GET", "/pets/dog/", "GET /pets/{proxy+}", ["proxy": "dog/"]),
        ] as [(String, String, String, [String: String])])
    func precedence(method: String, path: String, key: String, parameters: [String: String]) throws
    {
        for routes in [Self.routes, Self.routes.reversed()] {
            let table = RouteTable(
                try routes.map {
                    DeployedRoute(key: try RouteKey($0), isSigned: false, integration: nil)
                })
            let match = try #require(table.match(method: method, path: path))
            #expect(match.route.key.text == key)
            #expect(match.parameters == parameters)
        }
    }

    @Test("a method's own route comes before ANY")
    func methodFirst() throws {
        let table = RouteTable(
            try ["ANY /a", "GET /a"].map {
                DeployedRoute(key: try RouteKey($0), isSigned: false, integration: nil)
            })
        #expect(table.match(method: "GET", path: "/a")?.route.key.text == "GET /a")
        #expect(table.match(method: "PUT", path: "/a")?.route.key.text == "ANY /a")
        #expect(table.match(method: "GET", path: "/b") == nil)
        #expect(table.match(method: "GET", path: "/a/") == nil)
    }
}
