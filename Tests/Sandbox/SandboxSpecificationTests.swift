import Testing

@testable import SandboxLinux

@Suite("The specification of a sandbox")
struct SandboxSpecificationTests {
    private func steps(_ build: (inout SandboxSpecification) -> Void) -> [String] {
        var specification = SandboxSpecification()
        build(&specification)
        return specification.bytes.split(separator: 0, omittingEmptySubsequences: false)
            .dropLast().map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("makes each directory once, those above it first")
    func directories() {
        let steps = steps {
            $0.directory("/var/task")
            $0.directory("/var/runtime")
        }
        #expect(
            steps == ["directory", "var", "directory", "var/task", "directory", "var/runtime"])
    }

    @Test("shows a directory at a directory and a file at a file")
    func binds() {
        let steps = steps {
            $0.bind("/usr/bin", at: "/bin")
            $0.bind("/dev/null", at: "/null")
        }
        #expect(
            steps == [
                "directory", "bin", "bind", "/usr/bin", "bin", "file", "null", "", "bind",
                "/dev/null", "null",
            ])
    }

    @Test("lets no argument become another step")
    func zeroBytes() {
        let steps = steps {
            $0.program(
                "/bin/sh", arguments: ["a\0program\0/evil"], environment: ["A": "1\0bind\0/\0x"])
        }
        #expect(
            steps == ["program", "/bin/sh", "argument", "aprogram/evil", "variable", "A=1bind/x"])
    }

    @Test("names the layers of an overlay, and escapes what would end a name")
    func overlay() {
        #expect(
            steps { $0.overlay(["/b", "/a:c,d"], at: "/opt") }
                == ["directory", "opt", "overlay", #"lowerdir=/b:/a\:c\,d"#, "opt"])
    }

    @Test(
        "an endpoint is a host and a port",
        arguments: [
            ("http://127.0.0.1:4566", "127.0.0.1", 4566), ("http://localhost", "localhost", 80),
            ("https://apus.test/path", "apus.test", 443), ("http://[::1]:80/", "[::1]", 80),
        ])
    func endpoint(url: String, host: String, port: Int) {
        #expect(EndpointAddress(url)?.host == host)
        #expect(EndpointAddress(url)?.port == port)
    }

    @Test(
        "anything else is no endpoint",
        arguments: ["", "localhost:4566", "http://a:b", "http://a:99999"])
    func noEndpoint(url: String) {
        #expect(EndpointAddress(url) == nil)
    }
}
